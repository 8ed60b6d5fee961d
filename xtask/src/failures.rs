//! What went wrong, read from what the runners print: at the end of a long run it is wanted again.

use crate::counts::plain;

/// A test that prints pages of its own must not push the others off the screen.
const LINES: usize = 150;

/// The part between `failures:` and the verdict, of every binary that has one.
pub fn of_cargo_test(output: &str) -> String {
    let mut inside = false;
    kept(output.lines().filter(move |line| {
        let line = plain(line);
        inside = (inside || line == "failures:") && !line.starts_with("test result: ");
        inside || line.starts_with("error: test failed")
    }))
}

/// From the first numbered failure to the end: the tests that failed, then those that passed only
/// when tried again, then the counts.
pub fn of_playwright(output: &str) -> String {
    kept(
        output
            .lines()
            .skip_while(|line| !plain(line).trim_start().starts_with("1) ")),
    )
}

fn kept<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let lines: Vec<_> = lines.collect();
    let mut text = lines[..lines.len().min(LINES)].join("\n");
    if lines.len() > LINES {
        text += &format!("\n… and {} lines more", lines.len() - LINES);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_failed_is_kept_of_cargo_test() {
        let output = "running 2 tests\ntest a ... ok\ntest b ... FAILED\n\nfailures:\n\n\
            ---- b stdout ----\nit broke\n\nfailures:\n    b\n\n\
            test result: FAILED. 1 passed; 1 failed\n\nrunning 1 test\ntest c ... ok\n\n\
            test result: ok. 1 passed; 0 failed\nerror: test failed, to rerun pass `--lib`\n";
        assert_eq!(
            of_cargo_test(output),
            "failures:\n\n---- b stdout ----\nit broke\n\nfailures:\n    b\n\n\
            error: test failed, to rerun pass `--lib`"
        );
        assert_eq!(of_cargo_test("test result: ok. 3 passed; 0 failed"), "");
    }

    #[test]
    fn only_what_failed_is_kept_of_playwright() {
        let output = "Running 2 tests\n  ✓  1 cart.spec.ts:3:1 › a (1s)\n  ✘  2 cart.spec.ts:9:1 › b\n\n\
            \u{1b}[31m  1) cart.spec.ts:9:1 › b\u{1b}[39m\n\n    expected 2\n\n  1 failed\n  1 passed (2s)\n";
        let failures = of_playwright(output);
        assert!(failures.starts_with("\u{1b}[31m  1) cart.spec.ts:9:1 › b"));
        assert!(failures.ends_with("  1 failed\n  1 passed (2s)"));
        assert_eq!(
            of_playwright("  ✓  1 cart.spec.ts:3:1 › a\n  1 passed (1s)"),
            ""
        );
    }

    #[test]
    fn a_long_story_is_cut() {
        let output = format!("  1) a\n{}", "line\n".repeat(LINES + 9));
        assert!(of_playwright(&output).ends_with("line\n… and 10 lines more"));
    }
}
