//! One byte form of a JSON value: keys sorted, no spaces, integers only.
//!
//! Ids, payload hashes and the change log depend on it, so it stays apart from serde_json, whose
//! key order is a build feature that any dependency may switch.

use serde_json::Value as Json;

/// The canonical bytes of a value. Frozen: hashes on disk and at head office depend on it.
#[must_use]
pub fn bytes(value: &Json) -> Vec<u8> {
    let mut out = String::new();
    write(value, &mut out);
    out.into_bytes()
}

fn write(value: &Json, out: &mut String) {
    match value {
        Json::Object(map) => {
            let mut keys: Vec<_> = map.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for (i, key) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&Json::String(key.clone()).to_string());
                out.push(':');
                write(&map[key], out);
            }
            out.push('}');
        }
        Json::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        leaf => out.push_str(&leaf.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_at_every_depth_and_text_is_escaped() {
        let value = json!({"b": [1, {"z": null, "a": "3/4\""}], "a": true});
        assert_eq!(
            String::from_utf8(bytes(&value)).unwrap(),
            r#"{"a":true,"b":[1,{"a":"3/4\"","z":null}]}"#
        );
    }
}
