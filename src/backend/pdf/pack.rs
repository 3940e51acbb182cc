//! Packs the small objects of a finished PDF into compressed object streams.
//!
//! In: the bytes of a PDF with a plain cross-reference table, as the exporter writes it. Out: the same objects under the same
//! numbers, byte for byte, about half the size: the tags of tables are thousands of small dictionaries, which the exporter
//! leaves uncompressed. Object and cross-reference streams are part of PDF 1.5 and allowed in PDF/A-2 and later and in PDF/UA-1.
//! Never knows: what an object means. Whatever is not laid out as expected is left as it was.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rayon::prelude::*;

/// Objects in one stream: a reader unpacks a whole stream to see one of them.
const BATCH: usize = 200;

/// An object of the file.
struct Object<'a> {
    number: u32,
    /// From its number up to and with `endobj`.
    whole: &'a [u8],
    /// What stands between `obj` and `endobj`.
    value: &'a [u8],
}

impl Object<'_> {
    /// A stream may not stand inside another one.
    fn is_stream(&self) -> bool {
        self.value.ends_with(b"endstream")
    }
}

/// Where an object is found in the packed file.
#[derive(Clone, Copy)]
enum Place {
    Free,
    Offset(u32),
    /// Number of the stream, place in it.
    Inside(u32, u16),
}

/// The file with its objects packed; nothing if it is not laid out as expected.
pub(super) fn pack(pdf: &[u8]) -> Option<Vec<u8>> {
    let (objects, trailer) = read(pdf)?;
    let header = pdf.get(..place_of(pdf, b"\n", 0)? + 1)?;
    if header.starts_with(b"%PDF-1.4") {
        return None;
    }
    let mut size = objects.iter().map(|object| object.number).max()? + 1;
    let mut places = vec![Place::Free; usize::try_from(size).ok()?];
    let mut packed = header.to_vec();
    // Four bytes above 127 tell transfer programs that the file is no text.
    packed.extend_from_slice(b"%\xe2\xe3\xcf\xd3\n");
    let (streams, small): (Vec<&Object<'_>>, Vec<&Object<'_>>) = objects.iter().partition(|object| object.is_stream());
    for object in streams {
        *places.get_mut(usize::try_from(object.number).ok()?)? = Place::Offset(offset(&packed)?);
        packed.extend_from_slice(object.whole);
        packed.push(b'\n');
    }
    // Each batch by itself, on all cores; the numbers follow the order of the batches.
    let numbered: Vec<(u32, &[&Object<'_>])> = (size..).zip(small.chunks(BATCH)).collect();
    let written: Vec<Vec<u8>> =
        numbered.par_iter().map(|(number, batch)| object_stream(*number, batch)).collect::<Option<_>>()?;
    for ((number, batch), stream) in numbered.iter().zip(written) {
        for (place, object) in batch.iter().enumerate() {
            *places.get_mut(usize::try_from(object.number).ok()?)? = Place::Inside(*number, u16::try_from(place).ok()?);
        }
        places.push(Place::Offset(offset(&packed)?));
        packed.extend_from_slice(&stream);
        size = number + 1;
    }
    places.push(Place::Offset(offset(&packed)?));
    let start = packed.len();
    packed.extend_from_slice(&cross_references(size, &places, trailer)?);
    packed.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    Some(packed)
}

fn offset(written: &[u8]) -> Option<u32> {
    u32::try_from(written.len()).ok()
}

/// One stream with the values of some objects, preceded by their numbers and places.
fn object_stream(number: u32, batch: &[&Object<'_>]) -> Option<Vec<u8>> {
    let (mut index, mut values) = (Vec::new(), Vec::new());
    for object in batch {
        write!(index, "{} {} ", object.number, values.len()).ok()?;
        values.extend_from_slice(object.value);
        values.push(b'\n');
    }
    let head = format!("/Type/ObjStm/N {}/First {}", batch.len(), index.len());
    stream(number, &head, &[index, values].concat())
}

/// The table of places as a stream, with what the trailer said.
fn cross_references(number: u32, places: &[Place], trailer: &[u8]) -> Option<Vec<u8>> {
    let mut table = Vec::with_capacity(places.len() * 7);
    for place in places {
        let (kind, first, second): (u8, u32, u16) = match *place {
            Place::Free => (0, 0, u16::MAX),
            Place::Offset(offset) => (1, offset, 0),
            Place::Inside(stream, place) => (2, stream, place),
        };
        table.push(kind);
        table.extend_from_slice(&first.to_be_bytes());
        table.extend_from_slice(&second.to_be_bytes());
    }
    let kept = std::str::from_utf8(trailer).ok()?;
    stream(number, &format!("/Type/XRef/Size {}/W[1 4 2]{kept}", places.len()), &table)
}

fn stream(number: u32, head: &str, data: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).ok()?;
    let data = encoder.finish().ok()?;
    let mut written =
        format!("{number} 0 obj\n<<{head}/Filter/FlateDecode/Length {}>>\nstream\n", data.len()).into_bytes();
    written.extend_from_slice(&data);
    written.extend_from_slice(b"\nendstream\nendobj\n");
    Some(written)
}

/// The objects in the order of the file, and the entries of the trailer save its size.
fn read(pdf: &[u8]) -> Option<(Vec<Object<'_>>, &[u8])> {
    let start = last_place_of(pdf, b"startxref")?;
    let table = usize::try_from(digits(pdf.get(start + 9..)?)?.0).ok()?;
    let trailer = place_of(pdf, b"trailer", table)?;
    let rows = pdf.get(table..trailer)?.strip_prefix(b"xref\n0 ")?;
    let (count, rows) = digits(rows)?;
    let mut starts = Vec::new();
    for (number, row) in (0_u32..).zip(rows.strip_prefix(b"\n")?.chunks_exact(20)) {
        // A row: ten digits of offset, five of generation, `n` for an object, `f` for none.
        match row.get(10..18)? {
            b" 00000 n" => starts.push((usize::try_from(digits(row)?.0).ok()?, number)),
            other if other.ends_with(b"f") => {}
            _ => return None,
        }
    }
    let listed = starts.len();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([table]);
    let objects: Vec<Object<'_>> = starts
        .iter()
        .zip(ends)
        .map(|((start, number), end)| object(*number, pdf.get(*start..end)?))
        .collect::<Option<_>>()?;
    let entries = entries(pdf.get(trailer..start)?)?;
    (objects.len() == listed && u64::try_from(listed).ok()? < count).then_some((objects, entries))
}

fn object(number: u32, bytes: &[u8]) -> Option<Object<'_>> {
    let whole = bytes.trim_ascii();
    let value = whole.strip_prefix(format!("{number} 0 obj").as_bytes())?.strip_suffix(b"endobj")?.trim_ascii();
    let end = place_of(bytes, whole, 0)? + whole.len() + 1;
    Some(Object { number, whole: bytes.get(..end.min(bytes.len()))?, value })
}

/// What stands between the brackets of the trailer behind its first entry, the size.
fn entries(trailer: &[u8]) -> Option<&[u8]> {
    let inside = trailer.strip_prefix(b"trailer")?.trim_ascii().strip_prefix(b"<<")?.strip_suffix(b">>")?;
    let (_, rest) = digits(inside.trim_ascii().strip_prefix(b"/Size")?)?;
    Some(rest.trim_ascii())
}

/// A number after blanks, and what follows it.
fn digits(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let bytes = bytes.trim_ascii_start();
    let length = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = bytes.split_at_checked(length)?;
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, rest))
}

fn place_of(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let place = bytes.get(from..)?.windows(wanted.len().max(1)).position(|window| window == wanted)?;
    Some(from + place)
}

fn last_place_of(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len().max(1)).rposition(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::pack;

    /// A file of a catalogue, a stream and a free number.
    fn plain() -> String {
        let first = "1 0 obj\n<</Type/Catalog/Metadata 3 0 R>>\nendobj\n\n";
        let third = "3 0 obj\n<</Length 4>>\nstream\ntext\nendstream\nendobj\n\n";
        let header = "%PDF-1.7\n%----\n\n";
        let (one, three) = (header.len(), header.len() + first.len());
        let table = three + third.len();
        format!(
            "{header}{first}{third}xref\n0 4\n0000000002 65535 f\r\n{one:010} 00000 n\r\n0000000000 00000 f\r\n{three:010} 00000 n\r\ntrailer\n<<\n  /Size 4\n  /Root 1 0 R\n  /ID [(a) (b)]\n>>\nstartxref\n{table}\n%%EOF"
        )
    }

    #[test]
    fn streams_stay_and_small_objects_move_into_one() {
        let packed = pack(plain().as_bytes()).unwrap();
        let text = String::from_utf8_lossy(&packed);
        assert!(text.starts_with("%PDF-1.7\n%"));
        assert!(text.contains("3 0 obj\n<</Length 4>>\nstream\ntext\nendstream\nendobj"));
        assert!(text.contains("/Type/ObjStm/N 1") && !text.contains("/Type/Catalog"));
        assert!(text.contains("/Type/XRef/Size 6/W[1 4 2]/Root 1 0 R\n  /ID [(a) (b)]"));
        let start: usize = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        assert!(packed[start..].starts_with(b"5 0 obj"));
    }

    #[test]
    fn what_is_laid_out_otherwise_is_left_alone() {
        for bad in [
            "",
            "%PDF-1.7\n",
            &plain().replace("xref\n0 4", "xref\n1 4"),
            &plain().replace("/Size 4", "/Prev 9"),
            &plain().replace("1.7", "1.4"),
        ] {
            assert!(pack(bad.as_bytes()).is_none(), "{bad}");
        }
        assert!(pack(plain().replace("1 0 obj", "9 0 obj").as_bytes()).is_none());
    }
}
