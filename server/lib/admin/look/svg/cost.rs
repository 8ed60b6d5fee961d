//! What drawing an SVG costs, counted before it is drawn: elements refer to each other, and multiply.

use std::collections::HashMap;

use desk::admin::look::faults::LookFault;
use resvg::usvg::roxmltree::{Node, NodeId};

use super::references;

/// How deep elements may be in each other, references included: each may need a canvas of its own.
pub(super) const MAX_DEPTH: u32 = 24;
/// What drawing may cost, in the units of [`Weights::own`].
const MAX_COST: u64 = 20_000;
/// Of an element that may need a canvas of its own. It can be 25 times as large as the picture.
const LAYER: u64 = 50;
/// Bytes of attributes that cost one unit: paths are as long as their points.
const BYTES_PER_UNIT: u64 = 128;
/// What opens a canvas of its own.
pub(super) const LAYERS: [&str; 5] = [
    "opacity",
    "clip-path",
    "mask",
    "mix-blend-mode",
    "isolation",
];

/// What drawing costs.
#[derive(Default)]
pub(super) struct Weights<'a, 'input> {
    /// Whether a style sheet may give any element a canvas of its own.
    pub(super) layers_by_style: bool,
    pub(super) targets: HashMap<&'a str, Node<'a, 'input>>,
    /// Cost and height of what was referred to; nothing of what is being weighed.
    weighed: HashMap<NodeId, Option<(u64, u32)>>,
}

impl<'a, 'input> Weights<'a, 'input> {
    /// The cost of an element with all that is in it and all that it refers to, and how deep that
    /// goes. It has `depth` elements around it.
    pub(super) fn of(
        &mut self,
        node: Node<'a, 'input>,
        depth: u32,
    ) -> Result<(u64, u32), LookFault> {
        if depth > MAX_DEPTH {
            return Err(LookFault::Complex);
        }
        let (mut cost, mut height) = (self.own(node), 0);
        let mut targets = Vec::new();
        for attribute in node.attributes() {
            if attribute.name() == "href" {
                targets.extend(attribute.value().trim().strip_prefix('#'));
            }
            targets.extend(references(attribute.value())?);
        }
        for part in node.children().filter(Node::is_element) {
            let (more, deep) = self.of(part, depth + 1)?;
            (cost, height) = (cost + more, height.max(deep + 1));
            limited(cost)?;
        }
        for id in targets {
            let (more, deep) = self.of_target(id, depth + 1)?;
            (cost, height) = (cost + more, height.max(deep + 1));
            limited(cost)?;
        }
        match depth + height > MAX_DEPTH {
            true => Err(LookFault::Complex),
            false => Ok((cost, height)),
        }
    }

    fn of_target(&mut self, id: &str, depth: u32) -> Result<(u64, u32), LookFault> {
        // What is not there is not drawn.
        let Some(node) = self.targets.get(id).copied() else {
            return Ok((0, 0));
        };
        match self.weighed.get(&node.id()) {
            Some(Some(known)) => return Ok(*known),
            // It refers to itself.
            Some(None) => return Err(LookFault::Complex),
            None => {}
        }
        self.weighed.insert(node.id(), None);
        let weight = self.of(node, depth)?;
        self.weighed.insert(node.id(), Some(weight));
        Ok(weight)
    }

    /// The cost of an element by itself.
    fn own(&self, node: Node<'_, '_>) -> u64 {
        let bytes: usize = node.attributes().map(|one| one.value().len()).sum();
        let opens = |text: &str| LAYERS.iter().any(|name| text.contains(name));
        let is_layer = self.layers_by_style
            || node
                .attributes()
                .any(|one| opens(one.name()) || (one.name() == "style" && opens(one.value())));
        let layer = if is_layer { LAYER } else { 0 };
        1 + layer + bytes as u64 / BYTES_PER_UNIT
    }
}

fn limited(cost: u64) -> Result<(), LookFault> {
    match cost > MAX_COST {
        true => Err(LookFault::Complex),
        false => Ok(()),
    }
}
