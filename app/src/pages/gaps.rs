//! Gaps of a template: `[[Your company name]]` is to be filled in before a page can be published.

/// Longest text of a gap, in characters: what is longer is none.
const LONGEST: usize = 200;

/// The gaps in some texts, each once, in the order in which they come. `[[1]](https://…)` is a link and
/// no gap.
pub fn gaps(texts: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        for part in text.split("[[").skip(1) {
            let Some((gap, after)) = part.split_once("]]") else {
                continue;
            };
            let is_gap = !gap.trim().is_empty()
                && !gap.contains('\n')
                && gap.chars().count() <= LONGEST
                && !after.starts_with('(');
            let gap = gap.trim();
            if is_gap && !found.iter().any(|known| known == gap) {
                found.push(gap.to_owned());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_found_once_each_and_links_are_none() {
        let text = "[[Your name]], [[Street and number]]\n[[Your name]] [[1]](/pages/a) [[]] [[a\nb]] [[open";
        assert_eq!(gaps(&[text]), ["Your name", "Street and number"]);
        assert_eq!(gaps(&["[x] ]] [[", "no gap"]), [""; 0]);
        assert_eq!(gaps(&["[[a]]", "[[a]] [[b]]"]), ["a", "b"]);
        let long = format!("[[{}]]", "x".repeat(LONGEST + 1));
        assert_eq!(gaps(&[&long]), [""; 0]);
    }
}
