//! Macros that declare what a user may write: records of keys and closed lists of terms.
//!
//! In: one list of keys or terms. Out: the type, its reader and its JSON Schema. Never knows: what the keys mean.

/// Declares a record: a struct whose fields are the keys of a YAML mapping. The doc comments become the
/// descriptions of the JSON Schema, so they are in Chinese.
#[macro_export]
macro_rules! record {
    ($(#[doc = $about:literal])* $vis:vis struct $name:ident { $($(#[doc = $doc:literal])* $field:ident : $type:ty),* $(,)? }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis struct $name { $($(#[doc = $doc])* pub $field: $type),* }

        impl $crate::source::Read for $name {
            fn read(node: &$crate::source::Node, reader: &mut $crate::source::Reader) -> Option<Self> {
                let mapping = reader.mapping(node, &[$(stringify!($field)),*])?;
                $(let $field = mapping.take::<$type>(stringify!($field), reader);)*
                Some(Self { $($field: $field?),* })
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut properties = serde_json::Map::new();
                let mut required: Vec<&str> = Vec::new();
                $({
                    let mut schema = generator.subschema_for::<$type>();
                    schema.insert("description".to_owned(), concat!($($doc),*).trim().into());
                    properties.insert(stringify!($field).to_owned(), schema.into());
                    if <$type as $crate::source::Read>::REQUIRED {
                        required.push(stringify!($field));
                    }
                })*
                schemars::json_schema!({
                    "type": "object",
                    "description": (concat!($($about),*).trim()),
                    "properties": properties,
                    "required": required,
                    "additionalProperties": false,
                })
            }
        }
    };
}

/// Declares a closed list of terms of the law: an enum whose values are spelt in Chinese in the sources.
#[macro_export]
macro_rules! terms {
    ($(#[doc = $about:literal])* $vis:vis enum $name:ident : $what:literal { $($(#[doc = $doc:literal])* $variant:ident = $term:literal),* $(,)? }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[doc = $doc])* $variant),* }

        impl $name {
            /// All values, in the order of the law.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The term as the sources spell it.
            #[must_use]
            pub const fn term(self) -> &'static str {
                match self { $(Self::$variant => $term),* }
            }

            /// The value a term stands for.
            #[must_use]
            pub fn from_term(term: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.term() == term)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.term())
            }
        }

        $crate::read_terms!($name, $what, [$(concat!($($doc),*)),*]);
    };
}

/// Reads an enum that has `ALL`, `term` and `from_term`.
#[macro_export]
macro_rules! read_terms {
    ($name:ident, $what:literal) => {
        $crate::read_terms!($name, $what, []);
    };
    ($name:ident, $what:literal, [$($about:expr),*]) => {
        impl $crate::source::Read for $name {
            fn read(node: &$crate::source::Node, reader: &mut $crate::source::Reader) -> Option<Self> {
                let text = reader.scalar(node)?;
                let value = Self::from_term(text);
                if value.is_none() {
                    let known: Vec<&'static str> = Self::ALL.iter().map(|value| value.term()).collect();
                    let near = $crate::source::nearest(text, known.iter().copied()).map(str::to_owned);
                    let kind = $crate::source::ProblemKind::UnknownTerm { what: $what, found: text.to_owned(), near, known };
                    reader.report(node.span, kind);
                }
                value
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let terms: Vec<&str> = Self::ALL.iter().map(|value| value.term()).collect();
                let mut schema = schemars::json_schema!({ "type": "string", "description": $what, "enum": terms });
                let about: &[&str] = &[$($about),*];
                if about.iter().any(|text| !text.is_empty()) {
                    let about: Vec<&str> = about.iter().map(|text| text.trim()).collect();
                    schema.insert("enumDescriptions".to_owned(), about.into());
                }
                schema
            }
        }
    };
}
