//! What is refused before anything looks at it.
//!
//! In: a request's head. Out: a refusal or none. A page from elsewhere may make a browser send requests to loopback; the
//! Host header tells them (DNS rebinding), and no address leads to a file: names are looked up, never joined to a path.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};

/// Longest path with query that is read. Addresses of figures are the longest, some hundred bytes once encoded.
const LONGEST: usize = 8192;

/// Why a request is refused, as status and words.
pub(super) type Refusal = (StatusCode, &'static str);

/// The refusal of a request, if it gets one.
pub(super) fn refusal(port: u16, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Refusal> {
    if !from_here(port, headers) {
        return Some((StatusCode::FORBIDDEN, "只接受本机地址的请求。"));
    }
    if !(method == Method::GET || method == Method::HEAD) {
        return Some((StatusCode::METHOD_NOT_ALLOWED, "预览只读。"));
    }
    if uri.path_and_query().map_or(0, |both| both.as_str().len()) > LONGEST {
        return Some((StatusCode::URI_TOO_LONG, "地址太长。"));
    }
    if !plain(uri.path()) {
        return Some((StatusCode::BAD_REQUEST, "地址不合规。"));
    }
    None
}

/// Exactly one Host, and it is this server by a name of the loopback.
fn from_here(port: u16, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    ["127.0.0.1", "localhost"].iter().any(|name| {
        let whole = format!("{name}:{port}");
        host.as_bytes().eq_ignore_ascii_case(whole.as_bytes()) || port == 80 && host.as_bytes() == name.as_bytes()
    })
}

/// Slugs and names of files are ASCII words: no escape, no backslash, no step upwards, no empty part.
fn plain(path: &str) -> bool {
    let word = |part: &str| {
        part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
            && !part.starts_with('.')
            && !part.contains("..")
    };
    let Some(below) = path.strip_prefix('/') else { return false };
    let mut parts: Vec<&str> = below.split('/').collect();
    // The folder of a disclosure is asked for with a slash at its end.
    if parts.last() == Some(&"") {
        parts.pop();
    }
    parts.iter().all(|part| !part.is_empty() && word(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &Method, address: &str, hosts: &[&str]) -> Option<StatusCode> {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, host.parse().expect("header"));
        }
        refusal(4848, method, &address.parse().expect("address"), &headers).map(|(status, _)| status)
    }

    #[test]
    fn only_the_loopback_names_with_the_port_are_this_host() {
        let at = |hosts: &[&str]| asked(&Method::GET, "/", hosts);
        assert_eq!(at(&["127.0.0.1:4848"]), None);
        assert_eq!(at(&["LocalHost:4848"]), None);
        for foreign in [
            &["evil.example"][..],
            &["evil.example:4848"],
            &["127.0.0.1"],
            &["127.0.0.1:4849"],
            &["127.0.0.1.evil.example:4848"],
            &["localhost:4848", "evil.example"],
            &[],
        ] {
            assert_eq!(at(foreign), Some(StatusCode::FORBIDDEN), "{foreign:?}");
        }
    }

    #[test]
    fn nothing_is_written() {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
            assert_eq!(asked(&method, "/", &["localhost:4848"]), Some(StatusCode::METHOD_NOT_ALLOWED));
        }
        assert_eq!(asked(&Method::HEAD, "/", &["localhost:4848"]), None);
    }

    #[test]
    fn no_address_steps_out_of_the_served_names() {
        let at = |address: &str| asked(&Method::GET, address, &["localhost:4848"]);
        for good in ["/", "/events", "/a-2024-budget/", "/a-2024-budget/index.html", "/a/why?figure=%E6%94%AF%2F.."] {
            assert_eq!(at(good), None, "{good}");
        }
        for bad in [
            "/..",
            "/../etc/passwd",
            "/a/../b",
            "/%2e%2e/etc/passwd",
            "/a/%2E%2E%2fdata",
            "/a%2fb",
            "/a/..%5c..%5cx",
            "/%252e%252e/x",
            "//etc/passwd",
            "/a//b",
            "/.review/x",
            "/a/.git",
            "/a/%00",
            "/a/x..y",
        ] {
            assert_eq!(at(bad), Some(StatusCode::BAD_REQUEST), "{bad}");
        }
        assert_eq!(at(&format!("/{}", "a".repeat(9000))), Some(StatusCode::URI_TOO_LONG));
    }
}
