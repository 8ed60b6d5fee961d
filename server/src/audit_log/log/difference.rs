//! Two versions of something as the fields that differ, in words.

use app::locale::{Locale, locale};
use desk::admin::audit_log::log::FieldChange;
use serde_json::{Map, Value};

use super::said;

/// Longest text that is shown whole, in characters.
const WHOLE: usize = 160;
/// Of a longer one this much is kept around what differs, in characters.
const AROUND: usize = 40;
/// Entries of a list are told apart by the first of these they have.
const NAMES: [&str; 3] = ["sku", "id", "name"];

/// `currency` is that of the entry, for a version that does not name its own.
pub fn between(before: Option<&Value>, after: Option<&Value>, currency: &str) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let of = |version: Option<&'_ Value>| -> String {
        let named = version.and_then(|version| version["currency"].as_str());
        named.unwrap_or(currency).to_owned()
    };
    let reader = Reader {
        before: of(before),
        after: of(after),
    };
    reader.compare("", before, after, &mut changes);
    changes
}

/// Knows the currencies of the two versions.
struct Reader {
    before: String,
    after: String,
}

impl Reader {
    fn compare(
        &self,
        path: &str,
        before: Option<&Value>,
        after: Option<&Value>,
        changes: &mut Vec<FieldChange>,
    ) {
        if before == after {
            return;
        }
        match (before, after) {
            (Some(Value::Object(_)) | None, Some(Value::Object(_)) | None)
            | (Some(Value::Object(_)), Some(Value::Null)) => {
                self.fields(path, object(before), object(after), changes);
            }
            (Some(Value::Array(old)), Some(Value::Array(new)))
                if old.iter().chain(new).all(Value::is_object) =>
            {
                self.things(path, old, new, changes);
            }
            (Some(Value::Array(list)), None) | (None, Some(Value::Array(list)))
                if list.iter().all(Value::is_object) =>
            {
                let (old, new) = match before {
                    Some(_) => (list.as_slice(), &[][..]),
                    None => (&[][..], list.as_slice()),
                };
                self.things(path, old, new, changes);
            }
            _ => {
                let (before, after) = (words(before), words(after));
                let (before, after) = shortened(before, after);
                if before != after {
                    changes.push(FieldChange {
                        field: path.to_owned(),
                        before,
                        after,
                    });
                }
            }
        }
    }

    fn fields(
        &self,
        path: &str,
        before: Option<&Map<String, Value>>,
        after: Option<&Map<String, Value>>,
        changes: &mut Vec<FieldChange>,
    ) {
        let keys = |fields: Option<&Map<String, Value>>| -> Vec<String> {
            fields.map_or(Vec::new(), |fields| fields.keys().cloned().collect())
        };
        let mut names = keys(before);
        names.extend(keys(after));
        names.sort();
        names.dedup();
        for name in names {
            // Says which save it was, not what changed.
            if name == "version" || (name == "id" && !path.is_empty()) {
                continue;
            }
            let field = match path {
                "" => label(&name),
                path => format!("{path}, {}", inner(label(&name))),
            };
            let value = |fields: Option<&'_ Map<String, Value>>| {
                fields
                    .and_then(|fields| fields.get(&name))
                    .filter(|value| !value.is_null())
                    .cloned()
            };
            let (before, after) = (value(before), value(after));
            let (before, after) = match name.ends_with("_minor") {
                true => (money(before, &self.before), money(after, &self.after)),
                false => (before, after),
            };
            self.compare(&field, before.as_ref(), after.as_ref(), changes);
        }
    }

    /// Things that have names are compared each with its own earlier self.
    fn things(
        &self,
        path: &str,
        before: &[Value],
        after: &[Value],
        changes: &mut Vec<FieldChange>,
    ) {
        let path = path.trim_end_matches('s');
        for old in before {
            let new = after.iter().find(|new| is_same(old, new));
            let name = format!("{path} {}", name_of(old));
            self.compare(name.trim_end(), Some(old), new, changes);
        }
        for new in after {
            if !before.iter().any(|old| is_same(old, new)) {
                let name = format!("{path} {}", name_of(new));
                self.compare(name.trim_end(), None, Some(new), changes);
            }
        }
    }
}

fn money(value: Option<Value>, currency: &str) -> Option<Value> {
    let minor = value?.as_i64()?;
    Some(Value::String(locale().money(minor, currency)))
}

fn words(value: Option<&Value>) -> Option<String> {
    Some(match value? {
        Value::Null => return None,
        Value::Bool(true) => said().yes().to_owned(),
        Value::Bool(false) => said().no().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.is_empty() => return None,
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let list: Vec<_> = list.iter().filter_map(|value| words(Some(value))).collect();
            if list.is_empty() {
                return None;
            }
            list.join(", ")
        }
        other @ Value::Object(_) => other.to_string(),
    })
}

fn object(value: Option<&Value>) -> Option<&Map<String, Value>> {
    value.and_then(Value::as_object)
}

fn is_same(old: &Value, new: &Value) -> bool {
    match (&old["id"], &new["id"]) {
        (Value::String(old), Value::String(new)) => old == new,
        _ => name_of(old) == name_of(new),
    }
}

fn name_of(thing: &Value) -> String {
    let given = NAMES.into_iter().find_map(|name| thing[name].as_str());
    let options = || {
        let values = thing["options"].as_array()?.iter();
        let values: Vec<_> = values
            .filter_map(Value::as_str)
            .filter(|value| !value.is_empty())
            .collect();
        (!values.is_empty()).then(|| values.join(" / "))
    };
    options()
        .or_else(|| given.map(str::to_owned))
        .unwrap_or_default()
}

/// A label behind another one: German has nouns that stay as they are.
fn inner(label: String) -> String {
    match locale() {
        Locale::En => label.to_lowercase(),
        Locale::De => label,
    }
}

/// `price_minor` is `Price` or `Preis`; what no catalogue names is called as it is stored.
fn label(name: &str) -> String {
    said().field(name, &stored_label(name))
}

fn stored_label(name: &str) -> String {
    let words = name
        .trim_end_matches("_minor")
        .trim_end_matches("_html")
        .replace('_', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// Long texts without the beginning and end they share.
fn shortened(before: Option<String>, after: Option<String>) -> (Option<String>, Option<String>) {
    let letters = |text: &Option<String>| -> Vec<char> {
        text.as_deref().unwrap_or_default().chars().collect()
    };
    let (old, new) = (letters(&before), letters(&after));
    if old.len() <= WHOLE && new.len() <= WHOLE {
        return (before, after);
    }
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(a, b)| a == b)
        .count();
    let cut = |letters: &[char]| {
        let from = start.saturating_sub(AROUND);
        let to = (letters.len() - end + AROUND).min(letters.len());
        let to = to.min(from + 4 * WHOLE);
        let text: String = letters[from..to].iter().collect();
        let lead = if from > 0 { "…" } else { "" };
        let tail = if to < letters.len() { "…" } else { "" };
        format!("{lead}{text}{tail}")
    };
    (before.map(|_| cut(&old)), after.map(|_| cut(&new)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: Value, after: Value) -> Vec<String> {
        let some = |value: Value| Some(value).filter(|value| !value.is_null());
        let (before, after) = (some(before), some(after));
        between(before.as_ref(), after.as_ref(), "EUR")
            .into_iter()
            .map(|change| {
                let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
                format!(
                    "{}: {} > {}",
                    change.field,
                    or_none(change.before),
                    or_none(change.after)
                )
            })
            .collect()
    }

    #[test]
    fn only_fields_that_changed_are_told() {
        let before = json!({ "title": "Rope", "active": true, "version": 3, "tags": ["a", "b"] });
        let after = json!({ "title": "Rope", "active": false, "tags": ["a"] });
        assert_eq!(told(before, after), ["Active: yes > no", "Tags: a, b > a"]);
    }

    #[test]
    fn variants_are_compared_each_with_itself_and_money_is_money() {
        let variant = |id: &str, size: &str, price: i64| json!({ "id": id, "options": [size, "", ""], "price_minor": price, "sku": null });
        let before = json!({ "variants": [variant("1", "S", 4900), variant("2", "M", 4900)] });
        let after = json!({ "variants": [variant("2", "M", 5100), variant("1", "S", 4900)] });
        assert_eq!(told(before, after), ["Variant M, price: €49.00 > €51.00"]);
    }

    #[test]
    fn amounts_of_another_currency_are_told_in_it() {
        let settings = |currency: &str, price: i64| {
            let rates = json!([{ "id": "standard", "name": "Standard", "price_minor": price }]);
            json!({ "currency": currency, "shipping_rates": rates })
        };
        assert_eq!(
            told(settings("EUR", 490), settings("JPY", 5)),
            [
                "Currency: EUR > JPY",
                "Shipping rate standard, price: €4.90 > ¥5",
            ]
        );
    }

    #[test]
    fn what_is_new_or_gone_is_told_field_by_field() {
        assert_eq!(
            told(json!(null), json!({ "title": "Rope", "seo_title": null })),
            ["Title: – > Rope"]
        );
        assert_eq!(
            told(json!({ "role": "staff" }), json!(null)),
            ["Role: staff > –"]
        );
        assert_eq!(told(json!(null), json!(null)), [""; 0]);
    }

    #[test]
    fn of_long_texts_the_part_that_differs_is_shown() {
        let (same, tail) = ("x".repeat(300), "y".repeat(300));
        let told = told(
            json!({ "description_html": format!("{same}old{tail}") }),
            json!({ "description_html": format!("{same}new{tail}") }),
        );
        let (before, after) = told[0].split_once(" > ").unwrap();
        assert!(before.contains("old") && after.contains("new"), "{told:?}");
        assert!(before.len() < 200 && after.len() < 200, "{told:?}");
    }
}
