//! How two texts differ, line by line: the shortest script (Myers 1986), up to a number of changes.

use super::{Comparison, Place};

/// The most lines of a text.
const LINES: usize = 50_000;
/// The most changed lines for which the script is sought; memory grows with its square.
const CHANGES: usize = 500;

/// A stretch of lines that differs: where it begins and ends in each text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hunk {
    before: (usize, usize),
    now: (usize, usize),
}

/// Tells of the lines that differ; false when there are too many to tell.
pub(super) fn compare(before: &str, now: &str, comparison: &mut Comparison) -> bool {
    let (before, now): (Vec<&str>, Vec<&str>) = (split(before), split(now));
    if before.len() > LINES || now.len() > LINES {
        return false;
    }
    let Some(hunks) = hunks(&before, &now) else {
        return false;
    };
    for hunk in hunks {
        let (removed, added) = (&before[hunk.before.0..hunk.before.1], &now[hunk.now.0..hunk.now.1]);
        for offset in 0..removed.len().max(added.len()) {
            if comparison.is_full() {
                return true;
            }
            match (removed.get(offset), added.get(offset)) {
                (Some(before), Some(now)) => comparison.texts(Place::Line(hunk.before.0 + offset + 1), before, now),
                (Some(before), None) => {
                    let place = Place::Line(hunk.before.0 + offset + 1);
                    comparison.tell(place, Some((*before).to_owned()), None, None);
                }
                (None, now) => {
                    let place = Place::Line(hunk.now.0 + offset + 1);
                    comparison.tell(place, None, now.map(|now| (*now).to_owned()), None);
                }
            }
        }
    }
    true
}

/// The lines of a text, their ends included, so that nothing of it is left out.
fn split(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The stretches that differ, in their order; nothing when there are too many changes.
fn hunks(before: &[&str], now: &[&str]) -> Option<Vec<Hunk>> {
    let start = before.iter().zip(now).take_while(|(before, now)| before == now).count();
    let (before, now) = (&before[start..], &now[start..]);
    let end = before
        .iter()
        .rev()
        .zip(now.iter().rev())
        .take_while(|(before, now)| before == now)
        .count();
    let (before, now) = (&before[..before.len() - end], &now[..now.len() - end]);
    let kept = kept(before, now)?;
    let (mut hunks, mut from) = (Vec::new(), (0, 0));
    // The end counts as a line that both have.
    for (left, right) in kept.into_iter().chain([(before.len(), now.len())]) {
        if (left, right) != from {
            hunks.push(Hunk {
                before: (start + from.0, start + left),
                now: (start + from.1, start + right),
            });
        }
        from = (left + 1, right + 1);
    }
    Some(hunks)
}

/// The lines that both have, as pairs of their numbers: the longest common subsequence.
fn kept(before: &[&str], now: &[&str]) -> Option<Vec<(usize, usize)>> {
    let (rows, columns) = (before.len() as isize, now.len() as isize);
    // For each number of changes, how far each diagonal reaches: `trace[d][(k + d) / 2]`.
    let mut trace: Vec<Vec<isize>> = Vec::new();
    let reach = |trace: &[Vec<isize>], changes: isize, diagonal: isize| -> isize {
        let Some(last) = trace.last() else { return 0 };
        let at = |diagonal: isize| last.get(((diagonal + changes - 1) / 2) as usize).copied().unwrap_or(-1);
        let (down, right) = (
            if diagonal < changes { at(diagonal + 1) } else { -1 },
            if diagonal > -changes {
                at(diagonal - 1).saturating_add(1)
            } else {
                -1
            },
        );
        down.max(right)
    };
    for changes in 0..=CHANGES as isize {
        let mut furthest = Vec::with_capacity(changes as usize + 1);
        for diagonal in (-changes..=changes).step_by(2) {
            let mut row = reach(&trace, changes, diagonal);
            while row < rows
                && row - diagonal < columns
                && row - diagonal >= 0
                && before[row as usize] == now[(row - diagonal) as usize]
            {
                row += 1;
            }
            furthest.push(row);
            if row >= rows && row - diagonal >= columns {
                return Some(back(&trace, (rows, columns), changes, reach));
            }
        }
        trace.push(furthest);
    }
    None
}

/// Goes back from the end over what was reached, and gathers the lines that both have.
fn back(
    trace: &[Vec<isize>],
    end: (isize, isize),
    changes: isize,
    reach: impl Fn(&[Vec<isize>], isize, isize) -> isize,
) -> Vec<(usize, usize)> {
    let (mut row, mut column) = end;
    let mut pairs = Vec::new();
    for changes in (0..=changes).rev() {
        let diagonal = row - column;
        let began = reach(&trace[..changes as usize], changes, diagonal);
        while row > began && row > 0 && column > 0 {
            row -= 1;
            column -= 1;
            pairs.push((row as usize, column as usize));
        }
        if changes == 0 {
            break;
        }
        let last = &trace[changes as usize - 1];
        let at = |diagonal: isize| last.get(((diagonal + changes - 1) / 2) as usize).copied().unwrap_or(-1);
        let came_down = diagonal < changes && at(diagonal + 1) == began;
        if came_down {
            column -= 1;
        } else {
            row -= 1;
        }
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Builds the second text from the first by the hunks.
    fn rebuilt<'t>(before: &[&'t str], now: &[&'t str], hunks: &[Hunk]) -> Vec<&'t str> {
        let (mut text, mut from) = (Vec::new(), 0);
        for hunk in hunks {
            text.extend(&before[from..hunk.before.0]);
            text.extend(&now[hunk.now.0..hunk.now.1]);
            from = hunk.before.1;
        }
        text.extend(&before[from..]);
        text
    }

    /// The length of the longest common subsequence, by the plain table.
    fn longest(before: &[&str], now: &[&str]) -> usize {
        let mut table = vec![vec![0; now.len() + 1]; before.len() + 1];
        for (i, left) in before.iter().enumerate() {
            for (j, right) in now.iter().enumerate() {
                table[i + 1][j + 1] = if left == right {
                    table[i][j] + 1
                } else {
                    table[i][j + 1].max(table[i + 1][j])
                };
            }
        }
        table[before.len()][now.len()]
    }

    fn any_lines() -> impl Strategy<Value = Vec<&'static str>> {
        prop::collection::vec(prop::sample::select(vec!["a", "b", "c", "d"]), 0..30)
    }

    proptest! {
        #[test]
        fn the_script_is_shortest_and_leads_from_one_to_the_other(before in any_lines(), now in any_lines()) {
            let hunks = hunks(&before, &now).unwrap();
            prop_assert_eq!(rebuilt(&before, &now, &hunks), now.clone());
            let removed: usize = hunks.iter().map(|hunk| hunk.before.1 - hunk.before.0).sum();
            prop_assert_eq!(before.len() - removed, longest(&before, &now));
        }
    }

    #[test]
    fn texts_with_nothing_in_common_are_given_up() {
        let numbers: Vec<String> = (0..2000).map(|number| number.to_string()).collect();
        let lines: Vec<&str> = numbers.iter().map(String::as_str).collect();
        assert_eq!(hunks(&lines[..1000], &lines[1000..]), None);
        assert_eq!(hunks(&lines[..], &lines[1..]).unwrap().len(), 1);
    }
}
