//! Items of a menu as a tree: what is below what, and how deep.

use super::store::StoredItem;

/// How many items are above this one. More than there are means that they are in a circle.
pub fn depth(items: &[StoredItem], id: &str) -> usize {
    let mut depth = 0;
    let mut at = find(items, id);
    while let Some(parent) = at.and_then(|item| item.parent_id.as_deref()) {
        depth += 1;
        if depth > items.len() {
            break;
        }
        at = find(items, parent);
    }
    depth
}

/// Whether `id` is the item itself or below it.
pub fn is_within(items: &[StoredItem], id: &str, item: &str) -> bool {
    let mut at = Some(id);
    for _ in 0..=items.len() {
        match at {
            Some(id) if id == item => return true,
            Some(id) => at = find(items, id).and_then(|item| item.parent_id.as_deref()),
            None => return false,
        }
    }
    true
}

/// How many levels an item and those below it make: 1 for one with none below it.
pub fn height(items: &[StoredItem], id: &str) -> usize {
    let own = depth(items, id);
    let below = items
        .iter()
        .filter(|other| is_within(items, &other.id, id))
        .map(|other| depth(items, &other.id) + 1);
    below.max().unwrap_or(own + 1) - own
}

/// The items below `parent`, each before those below it.
pub fn in_order<'a>(
    items: &'a [StoredItem],
    parent: Option<&str>,
    order: &mut Vec<&'a StoredItem>,
) {
    for item in items {
        if item.parent_id.as_deref() == parent {
            order.push(item);
            in_order(items, Some(&item.id), order);
        }
    }
}

fn find<'a>(items: &'a [StoredItem], id: &str) -> Option<&'a StoredItem> {
    items.iter().find(|item| item.id == id)
}

#[cfg(test)]
mod tests {
    use app::menus::types::{MenuPlace, TargetKind};

    use super::*;

    fn items(parents: &[(&str, Option<&str>)]) -> Vec<StoredItem> {
        parents
            .iter()
            .map(|(id, parent)| StoredItem {
                id: (*id).to_owned(),
                place: MenuPlace::Header,
                parent_id: parent.map(str::to_owned),
                position: 1,
                label: (*id).to_owned(),
                target_kind: TargetKind::Heading,
                target: String::new(),
                version: 1,
            })
            .collect()
    }

    #[test]
    fn depth_and_height_are_counted_and_what_is_below_is_known() {
        let items = items(&[("a", None), ("b", Some("a")), ("c", Some("b")), ("d", None)]);
        assert_eq!(depth(&items, "a"), 0);
        assert_eq!(depth(&items, "c"), 2);
        assert_eq!(height(&items, "a"), 3);
        assert_eq!(height(&items, "c"), 1);
        assert!(is_within(&items, "c", "a") && is_within(&items, "a", "a"));
        assert!(!is_within(&items, "a", "c") && !is_within(&items, "d", "a"));
        let mut order = Vec::new();
        in_order(&items, None, &mut order);
        let order: Vec<_> = order.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(order, ["a", "b", "c", "d"]);
    }
}
