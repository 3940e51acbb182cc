//! What the system says when it refuses, in words of the user.
//!
//! In: its errors. Out: half a sentence in Chinese, for after a colon or in brackets. Never knows: what was asked for.

use std::io::{self, ErrorKind};

use super::write::is_in_use;

/// Why the system refused. What it says in a way of its own keeps its number, which a search finds.
#[must_use]
pub fn said(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::StorageFull => "磁盘满了；原有的没有动，腾出空间后重新运行即可",
        ErrorKind::QuotaExceeded => "超出磁盘配额；原有的没有动，腾出空间后重新运行即可",
        _ if is_in_use(error) => {
            "没有权限，或其中的文件正由别的程序打开（如 PDF 阅读器）；原有的没有动，关掉后重新运行即可"
        }
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::NotFound => "没有这个文件或文件夹",
        ErrorKind::AlreadyExists => "已经存在",
        ErrorKind::IsADirectory => "是文件夹，不是文件",
        ErrorKind::NotADirectory => "路径中间有一段是文件，不是文件夹",
        ErrorKind::ReadOnlyFilesystem => "磁盘只读",
        ErrorKind::FileTooLarge => "文件太大",
        ErrorKind::InvalidFilename => "文件名太长，或有系统不许的字符",
        ErrorKind::InvalidData => "内容不是 UTF-8 文字",
        ErrorKind::AddrInUse => "已被别的程序占用",
        ErrorKind::AddrNotAvailable => "本机没有这个地址",
        ErrorKind::TimedOut => "等得太久，系统没有回答",
        _ => return error.raw_os_error().map_or_else(|| error.to_string(), |number| format!("系统错误 {number}")),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::said;

    #[test]
    fn common_refusals_are_in_chinese_and_rare_ones_keep_their_number() {
        let found = std::fs::metadata("/nowhere/at/all").expect_err("missing");
        assert_eq!(said(&found), "没有这个文件或文件夹");
        assert_eq!(
            said(&io::Error::from(io::ErrorKind::StorageFull)),
            "磁盘满了；原有的没有动，腾出空间后重新运行即可"
        );
        let rare = said(&io::Error::from_raw_os_error(9999));
        assert_eq!(rare, "系统错误 9999");
    }
}
