//! The sheet and its measures, told once: the planner of columns and the theme both take them from here.
//!
//! All lengths are hundredths of a point. Never knows: what is printed.
//!
//! GB/T 9704-2012: A4, type area 156 mm by 225 mm, 22 lines of 28 characters of 3号 (15.75 pt); both side margins are
//! 27.2 mm, inside the 28 ± 1 mm of the binding edge, so that pages look alike on a screen. A table lying across the sheet
//! keeps the page number where the bound sheet has it (GB/T 9704, on tables set sideways).

use serde::Serialize;

/// One kind of page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Page {
    pub(super) top: i64,
    pub(super) bottom: i64,
    pub(super) left: i64,
    pub(super) right: i64,
    /// Width of the type area.
    pub(super) width: i64,
    /// Height of the type area.
    pub(super) height: i64,
}

pub(super) const PORTRAIT: Page = page(59_528, 84_189, 10_488, 9_921, 7_714, 7_714);
pub(super) const LANDSCAPE: Page = page(84_189, 59_528, 7_370, 6_236, 8_504, 5_669);

/// Body type, 3号.
pub(super) const BODY_SIZE: i64 = 1_575;
/// From one line of the body to the next: 22 of them in 225 mm.
pub(super) const BODY_LINE: i64 = 2_895;
/// Height of the title above the text, two lines and the white below them.
pub(super) const TITLE: i64 = 9_100;
/// 小五; no table is set smaller.
pub(super) const SMALLEST: i64 = 900;

/// How the cells of a table are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Setting {
    /// Type size.
    pub(super) size: i64,
    /// White above and below the text of a cell.
    pub(super) edge: i64,
    /// White on either side of it.
    pub(super) side: i64,
}

/// The best first: 五号 down to 小五. Rows are set tight only after the type has become as small as it may.
pub(super) const SETTINGS: [Setting; 10] = [
    setting(1_050, 330, 300),
    setting(1_050, 280, 300),
    setting(1_000, 280, 300),
    setting(1_000, 230, 300),
    setting(950, 250, 300),
    setting(950, 210, 300),
    setting(SMALLEST, 210, 300),
    setting(SMALLEST, 170, 250),
    setting(SMALLEST, 150, 220),
    TIGHTEST,
];
/// The last one whose rows have their white.
pub(super) const LOOSE: usize = 6;
pub(super) const TIGHTEST: Setting = setting(SMALLEST, 130, 200);
/// From one line of a cell to the next, in thousandths of its type size.
pub(super) const CELL_LINE: i64 = 1_300;

const fn page(width: i64, height: i64, top: i64, bottom: i64, left: i64, right: i64) -> Page {
    Page { top, bottom, left, right, width: width - left - right, height: height - top - bottom }
}

const fn setting(size: i64, edge: i64, side: i64) -> Setting {
    Setting { size, edge, side }
}

#[cfg(test)]
mod tests {
    use super::{BODY_LINE, BODY_SIZE, PORTRAIT};

    #[test]
    fn the_type_area_holds_22_lines_of_28_characters() {
        assert_eq!(PORTRAIT.width / BODY_SIZE, 28);
        assert_eq!((PORTRAIT.height - BODY_SIZE) / BODY_LINE + 1, 22);
    }
}
