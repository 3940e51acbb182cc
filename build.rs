//! The templates are built into the program: it is built anew when one of them changes.

#![expect(clippy::disallowed_macros, reason = "a build script talks to Cargo by printing")]

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=assets/fonts");
}
