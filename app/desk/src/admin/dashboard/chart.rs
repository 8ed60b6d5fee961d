//! Bars, drawn on the server.
//!
//! Each is a choice of one group, so that without script one of them is read by pointing at it, by
//! touching it, or with the arrow keys, and the group takes one step of the Tab key. The drawings hold
//! no text: letters in them would be stretched. All numbers are in a table as well.

use app::ui::head::escape;

const HEIGHT: i64 = 240;

pub struct Bar {
    /// What it is of.
    pub label: String,
    /// What it says.
    pub words: String,
    pub value: i64,
}

/// Where a bar is in its column. Those below zero hang from the line of zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    top: i64,
    tall: i64,
}

/// The range that bars are drawn in.
struct Scale {
    range: i128,
    zero: i64,
}

impl Scale {
    fn of(bars: &[Bar]) -> Self {
        let values = || bars.iter().map(|bar| bar.value);
        let most = values().max().unwrap_or(0).max(0);
        let least = values().min().unwrap_or(0).min(0);
        let range = (i128::from(most) - i128::from(least)).max(1);
        let mut scale = Self {
            range,
            zero: HEIGHT,
        };
        scale.zero = HEIGHT - scale.height(least);
        scale
    }

    fn height(&self, value: i64) -> i64 {
        (i128::from(value.unsigned_abs()) * i128::from(HEIGHT) / self.range) as i64
    }

    fn place(&self, value: i64) -> Place {
        let tall = match value {
            0 => 0,
            // What is there is seen.
            value => self.height(value).max(2),
        };
        let top = match value < 0 {
            true => self.zero,
            false => self.zero - tall,
        };
        Place { top, tall }
    }
}

/// `id` names the group on the page, whose heading and description have it in their ids.
pub fn bars(id: &str, bars: &[Bar]) -> String {
    let scale = Scale::of(bars);
    let zero = scale.zero;
    let columns: String = bars
        .iter()
        .map(|bar| {
            let Place { top, tall } = scale.place(bar.value);
            let class = match bar.value < 0 {
                true => "bar bar-less",
                false => "bar",
            };
            format!(
                "<label class=\"bar-col\"><input class=\"bar-pick\" type=\"radio\" name=\"{id}-bar\">\
                 <span class=\"bar-tip\">{} <strong>{}</strong></span>\
                 <svg class=\"bar-room\" viewBox=\"0 0 10 {HEIGHT}\" preserveAspectRatio=\"none\" \
                 aria-hidden=\"true\"><rect class=\"{class}\" x=\"1\" y=\"{top}\" width=\"8\" \
                 height=\"{tall}\"/><line class=\"chart-zero\" x1=\"0\" x2=\"10\" y1=\"{zero}\" \
                 y2=\"{zero}\"/></svg></label>",
                escape(&bar.label),
                escape(&bar.words),
            )
        })
        .collect();
    format!(
        "<div class=\"chart\" role=\"radiogroup\" aria-labelledby=\"{id}-title\" \
         aria-describedby=\"{id}-desc\">{columns}</div>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(values: &[i64]) -> Vec<Bar> {
        let bar = |value: &i64| Bar {
            label: format!("<{value}>"),
            words: "A & B".to_owned(),
            value: *value,
        };
        values.iter().map(bar).collect()
    }

    fn places(values: &[i64]) -> Vec<(i64, i64)> {
        let scale = Scale::of(&list(values));
        let place = |value: &i64| {
            let Place { top, tall } = scale.place(*value);
            (top, tall)
        };
        values.iter().map(place).collect()
    }

    #[test]
    fn the_highest_bar_fills_the_drawing_and_the_others_go_by_it() {
        assert_eq!(places(&[100, 50, 0]), [(0, 240), (120, 120), (240, 0)]);
        assert_eq!(places(&[1000, 1])[1], (238, 2), "what is there is seen");
    }

    #[test]
    fn what_is_less_than_nothing_hangs_from_the_line() {
        assert_eq!(places(&[60, -180]), [(0, 60), (60, 180)]);
    }

    #[test]
    fn nothing_of_it_is_taken_for_markup_and_nothing_is_divided_by_zero() {
        let drawn = bars("c", &list(&[1]));
        assert!(
            drawn.contains("&lt;1&gt; <strong>A &amp; B</strong>"),
            "{drawn}"
        );
        assert_eq!(places(&[0, 0]), [(240, 0), (240, 0)]);
        assert!(bars("c", &[]).ends_with("</div>"));
        places(&[i64::MAX, i64::MIN]);
    }
}
