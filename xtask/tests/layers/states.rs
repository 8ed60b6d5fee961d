//! Where states are told apart, each is named: a new state does not compile before all that decides by states
//! knows it. What is inside of macros is not read.

use syn::{
    Arm, ExprMatch, ItemImpl, Pat, Path, Type,
    visit::{self, Visit},
};

use crate::{graph::sources, root};

/// Of orders, payments, refunds, disputes, movements of stock, e-mails, jobs and drops.
const STATES: [&str; 15] = [
    "CancelReason",
    "ChargeStatus",
    "DisputeState",
    "DropState",
    "EventKind",
    "JobState",
    "MailState",
    "MovementReason",
    "OrderStatus",
    "PaymentState",
    "PaymentStatus",
    "RefundCause",
    "RefundState",
    "RefundStatus",
    "RowOutcome",
];

#[test]
fn every_state_is_named_where_states_are_told_apart() {
    let (mut read, mut faults) = (0, Vec::new());
    for folder in [
        "server/src",
        "server/lib",
        "server/bin",
        "app/src",
        "app/storefront/src",
        "app/desk/src",
    ] {
        for (file, text) in sources(&root().join(folder)) {
            let matches = Matches::of(&text);
            read += matches.over_states;
            let lines = matches.with_rest.iter();
            faults.extend(lines.map(|line| format!("{folder}/{file}:{line}")));
        }
    }
    assert!(read > 80, "only {read} were found");
    let faults = faults.join("\n");
    assert_eq!(faults, "", "name each state instead of `_`");
}

#[derive(Default)]
struct Matches {
    /// The type whose methods are being read.
    of: Option<String>,
    over_states: usize,
    /// Lines of those that take all other states together.
    with_rest: Vec<usize>,
}

impl Matches {
    fn of(source: &str) -> Self {
        let mut matches = Self::default();
        matches.visit_file(&syn::parse_file(source).unwrap());
        matches
    }

    fn names_state(&self, pattern: &Pat) -> bool {
        let mut names = Names {
            own: self.of.as_deref(),
            found: false,
        };
        names.visit_pat(pattern);
        names.found
    }
}

impl<'ast> Visit<'ast> for Matches {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let of = match &*item.self_ty {
            Type::Path(of) => of.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        };
        let outer = std::mem::replace(&mut self.of, of);
        visit::visit_item_impl(self, item);
        self.of = outer;
    }

    fn visit_expr_match(&mut self, expr: &'ast ExprMatch) {
        if expr.arms.iter().any(|arm| self.names_state(&arm.pat)) {
            self.over_states += 1;
            let takes_rest = |arm: &Arm| arm.guard.is_none() && matches!(arm.pat, Pat::Wild(_));
            if expr.arms.iter().any(takes_rest) {
                self.with_rest.push(expr.match_token.span.start().line);
            }
        }
        visit::visit_expr_match(self, expr);
    }
}

/// Whether a pattern names a state.
struct Names<'a> {
    /// What `Self` is.
    own: Option<&'a str>,
    found: bool,
}

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        let of = path.segments.iter().nth_back(1);
        let of = of.map(|segment| segment.ident.to_string());
        let of = match of.as_deref() {
            Some("Self") => self.own,
            of => of,
        };
        self.found |= of.is_some_and(|of| STATES.contains(&of));
    }
}

#[test]
fn a_match_that_takes_other_states_together_is_found() {
    let source = "impl MailState { fn is_sent(self) -> bool { match self { Self::Sent => true, _ => false } } }
        fn told(of: Option<OrderStatus>) -> i64 {
            match of { _ if of.is_none() => 2, Some(OrderStatus::Paid) => 1, Some(_) | None => 0 }
        }
        fn other(of: Option<OrderStatus>) -> i64 {
            match of { Some(OrderStatus::Paid) => 1, _ => 0 }
        }
        fn kind(of: Kind) -> i64 { match of { Kind::Page => 1, _ => 0 } }";
    let matches = Matches::of(source);
    assert_eq!((matches.over_states, matches.with_rest), (3, vec![1, 6]));
}
