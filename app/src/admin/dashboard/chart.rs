//! Bars, drawn on the server.
//!
//! The drawing holds no text but its name and description: letters in it would be stretched with
//! it. What is read stands beside it, and all numbers in a table.

use crate::ui::head::escape;

const WIDTH: i64 = 1000;
const HEIGHT: i64 = 240;

pub struct Bar {
    /// Read when it is pointed at.
    pub title: String,
    pub value: i64,
}

/// `id` names the drawing on the page. Bars below zero hang from the line of zero.
pub fn bars(id: &str, title: &str, description: &str, bars: &[Bar]) -> String {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(0);
    let least = bars.iter().map(|bar| bar.value).min().unwrap_or(0).min(0);
    let range = i128::from(most - least).max(1);
    let height = |value: i64| (i128::from(value.abs()) * i128::from(HEIGHT) / range) as i64;
    let zero = HEIGHT - height(least);
    let count = bars.len().max(1) as i64;
    let mut drawn = String::new();
    for (at, bar) in (0_i64..).zip(bars) {
        // Bars share the width to the last unit, with a fifth of it between them.
        let (left, right) = (WIDTH * at / count, WIDTH * (at + 1) / count);
        let gap = (right - left) / 5;
        let tall = match bar.value {
            0 => 0,
            // What is there is seen.
            value => height(value).max(2),
        };
        let (top, class) = match bar.value < 0 {
            true => (zero, "bar bar-less"),
            false => (zero - tall, "bar"),
        };
        drawn.push_str(&format!(
            "<g><title>{}</title><rect class=\"bar-room\" x=\"{left}\" y=\"0\" width=\"{}\" \
             height=\"{HEIGHT}\"/><rect class=\"{class}\" x=\"{}\" y=\"{top}\" width=\"{}\" \
             height=\"{tall}\"/></g>",
            escape(&bar.title),
            right - left,
            left + gap / 2,
            right - left - gap,
        ));
    }
    format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{}</title>\
         <desc id=\"{id}-desc\">{}</desc>{drawn}<line class=\"chart-zero\" x1=\"0\" x2=\"{WIDTH}\" \
         y1=\"{zero}\" y2=\"{zero}\"/></svg>",
        escape(title),
        escape(description),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[i64]) -> String {
        let list: Vec<Bar> = values
            .iter()
            .map(|value| Bar {
                title: format!("<{value}>"),
                value: *value,
            })
            .collect();
        bars("c", "A & B", "d", &list)
    }

    #[test]
    fn the_highest_bar_fills_the_drawing_and_the_others_go_by_it() {
        let svg = drawn(&[100, 50, 0]);
        assert!(
            svg.contains("y=\"0\" width=\"267\" height=\"240\""),
            "{svg}"
        );
        assert!(
            svg.contains("y=\"120\" width=\"267\" height=\"120\""),
            "{svg}"
        );
        assert!(
            svg.contains("y=\"240\" width=\"268\" height=\"0\""),
            "{svg}"
        );
        assert!(svg.contains("y1=\"240\""));
    }

    #[test]
    fn what_is_less_than_nothing_hangs_from_the_line() {
        let svg = drawn(&[60, -180]);
        assert!(svg.contains("y1=\"60\""), "{svg}");
        assert!(
            svg.contains("class=\"bar bar-less\" x=\"550\" y=\"60\" width=\"400\" height=\"180\""),
            "{svg}"
        );
    }

    #[test]
    fn nothing_of_it_is_taken_for_markup_and_nothing_is_divided_by_zero() {
        assert!(drawn(&[1]).contains("<title>&lt;1&gt;</title>"));
        assert!(drawn(&[0, 0]).contains("A &amp; B"));
        assert!(drawn(&[]).ends_with("</svg>"));
        drawn(&[i64::MAX / 2, i64::MIN / 2]);
    }
}
