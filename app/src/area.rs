//! What the first segment of an address means: how requests below it are counted and logged,
//! whether crawlers may read it, and whether a form may lead there.

/// All addresses that begin with one segment.
#[derive(Debug, PartialEq, Eq)]
pub struct Area {
    /// The first segment, in lower case; empty for the home page.
    pub segment: &'static str,
    pub kinds: Kinds,
    pub logged: Logged,
    pub crawlers: Crawlers,
    pub onward: Onward,
    pub below: Below,
}

/// What requests for pages are counted as. What a page is about is never part of a name: there is
/// no end of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds {
    /// Of the page at the segment itself.
    pub itself: &'static str,
    /// Of the pages below it.
    pub below: &'static str,
}

/// What the log may hold of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logged {
    /// The whole path.
    Path,
    /// The first segment alone: paths hold secrets, or say who asks.
    Segment,
}

/// What search engines are told about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crawlers {
    Welcome,
    /// `robots.txt` closes it.
    KeptOut,
    /// `robots.txt` does not name it, as strangers need not know of it.
    NotTold,
}

/// Whose forms may name one of its addresses as the page to go on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onward {
    Never,
    ForShoppers,
    ForStaff,
}

/// What the second segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    /// A slug: in lower case and composed (NFC).
    Slug,
    /// Anything, which keeps its letters.
    Anything,
}

impl Kinds {
    /// One kind for all of them.
    pub const fn all(kind: &'static str) -> Self {
        Self {
            itself: kind,
            below: kind,
        }
    }
}

impl Area {
    /// What a request for a page at `path`, which is of this area, is counted as.
    pub fn kind(&self, path: &str) -> &'static str {
        match path.len() > self.segment.len() + 1 {
            true => self.kinds.below,
            false => self.kinds.itself,
        }
    }
}

/// All areas that there are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Areas(&'static [&'static Area]);

impl Areas {
    pub const fn new(areas: &'static [&'static Area]) -> Self {
        Self(areas)
    }

    pub fn iter(self) -> impl Iterator<Item = &'static Area> {
        self.0.iter().copied()
    }

    /// The one that a path is of.
    pub fn of(self, path: &str) -> Option<&'static Area> {
        let rest = path.strip_prefix('/')?;
        let segment = rest.split('/').next().unwrap_or_default();
        // An empty segment is the home page only if nothing follows.
        let is_one = !segment.is_empty() || rest.is_empty();
        self.iter().find(|area| is_one && area.segment == segment)
    }

    /// The one whose segment this is, whatever the case of its letters.
    pub fn called(self, segment: &str) -> Option<&'static Area> {
        self.iter()
            .find(|area| !segment.is_empty() && area.segment.eq_ignore_ascii_case(segment))
    }
}

/// Some as features declare them, for tests of what only asks which there are.
#[cfg(test)]
pub fn samples() -> Areas {
    const fn area(segment: &'static str, onward: Onward, below: Below) -> Area {
        Area {
            segment,
            kinds: Kinds::all(segment),
            logged: Logged::Path,
            crawlers: Crawlers::Welcome,
            onward,
            below,
        }
    }
    static AREAS: [Area; 8] = [
        area("", Onward::Never, Below::Anything),
        area("products", Onward::Never, Below::Slug),
        area("categories", Onward::Never, Below::Slug),
        area("orders", Onward::Never, Below::Anything),
        area("cart", Onward::ForShoppers, Below::Anything),
        area("checkout", Onward::ForShoppers, Below::Anything),
        area("account", Onward::ForShoppers, Below::Anything),
        area("admin", Onward::ForStaff, Below::Anything),
    ];
    static SAMPLES: [&Area; 8] = {
        let [a, b, c, d, e, f, g, h] = &AREAS;
        [a, b, c, d, e, f, g, h]
    };
    Areas::new(&SAMPLES)
}

#[cfg(test)]
mod tests {
    use super::samples;

    #[test]
    fn a_path_is_of_the_area_of_its_first_segment() {
        let areas = samples();
        let of = |path: &str| areas.of(path).map(|area| area.segment);
        assert_eq!(of("/"), Some(""));
        assert_eq!(of("/cart"), Some("cart"));
        assert_eq!(of("/orders/secret"), Some("orders"));
        for nothing in ["", "cart", "//cart", "/carts", "/Cart", "/api/cart"] {
            assert_eq!(of(nothing), None, "{nothing}");
        }
    }
}
