//! Photos by their names: 张三.jpg, 张三 (1).jpg, 滨海新区-张三.jpeg.

use super::doubt::{Answers, Ask, Doubt};
use super::{Field, Found, Known, Place, Understood};
use crate::documents::Spot;

/// A photo file that was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhotoFile {
    /// Its name, with the folders in which it lies below the one that was
    /// named.
    pub name: String,
}

/// Whether a file is a photo by its name.
pub fn is_photo_name(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    matches!(
        ending.as_str(),
        "jpg" | "jpeg" | "jpe" | "png" | "tif" | "tiff" | "webp" | "heic" | "heif" | "bmp" | "gif"
    )
}

/// Whether a photo can be printed from.
fn is_printable(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    !matches!(ending.as_str(), "heic" | "heif" | "bmp" | "gif")
}

/// The stem of a name, without what programs put behind copies.
fn stem(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    stem.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Gives each person the photo that has the name.
pub(super) fn find(known: &Known, answers: &Answers, out: &mut Understood) {
    let mut used = vec![false; known.photos.len()];
    let stems: Vec<String> = known.photos.iter().map(|photo| stem(&photo.name)).collect();
    let generic: Vec<bool> = stems
        .iter()
        .map(|stem| stem.chars().all(|c| c.is_ascii_digit() || "-_()（）副本复制copy".contains(c)))
        .collect();
    let names: Vec<String> = out.persons.iter().map(|person| person.name().to_owned()).collect();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| name.chars().count() > 1) {
        let person = &out.persons[at];
        let said = person.text(Field::Photo).to_owned();
        let twins = names.iter().filter(|other| *other == name).count() > 1;
        let mut candidates: Vec<(usize, usize)> = Vec::new();
        for (i, photo) in known.photos.iter().enumerate() {
            let stem = &stems[i];
            let file = photo.name.rsplit('/').next().unwrap_or_default();
            if !said.is_empty() && (file == said || said.ends_with(&format!("/{file}")) || *stem == said) {
                candidates = vec![(0, i)];
                break;
            }
            if !stem.contains(name.as_str()) {
                // IMG_2024 and numbers are nobody's; a folder may have the name.
                let folder = photo.name.rsplit_once('/').map(|(folder, _)| folder).unwrap_or_default();
                if generic[i] && folder.split('/').any(|step| step.trim() == name) {
                    candidates.push((50, i));
                }
                continue;
            }
            let longer = names.iter().any(|other| {
                other.len() > name.len() && other.contains(name.as_str()) && stem.contains(other.as_str())
            });
            let of_post = [Field::District, Field::Street, Field::Community].iter().any(|field| {
                person.text(*field).chars().count() > 1 && photo.name.contains(person.text(*field))
            });
            if !longer && (!twins || of_post) {
                // The plain name first, then what has least around it.
                let around = stem.chars().count() - name.chars().count();
                candidates.push((usize::from(!is_printable(&photo.name)) * 100 + around, i));
            }
        }
        candidates.sort_unstable();
        let printable = |(_, i): &&(usize, usize)| is_printable(&known.photos[*i].name);
        let usable: Vec<usize> = candidates.iter().filter(printable).map(|(_, i)| *i).collect();
        let chosen = match usable.as_slice() {
            [] => candidates.first().map(|(_, i)| *i),
            [one] => Some(*one),
            several => {
                let files = several.iter().map(|i| known.photos[*i].name.clone()).collect();
                let ask = Ask::Several { name: name.clone(), field: Field::Photo, candidates: files };
                let doubt = Doubt::new(ask, None, answers);
                let chosen = several.get(doubt.choice - 1).copied();
                out.doubts.push(doubt);
                several.iter().for_each(|i| used[*i] = true);
                chosen
            }
        };
        for (_, i) in &candidates {
            used[*i] = true;
        }
        if let Some(i) = chosen {
            let file = known.photos[i].name.clone();
            let found = Found { text: file.clone(), place: Place { file, spot: Spot::Whole } };
            out.persons[at].fields.insert(Field::Photo, vec![found]);
        }
    }
    // Photos may come alone, or for others than the documents tell of.
    let others = known.names.iter().filter(|name| !names.contains(name) && name.chars().count() > 1);
    for name in others {
        let mut own: Vec<usize> = (0..known.photos.len())
            .filter(|i| {
                !used[*i]
                    && is_printable(&known.photos[*i].name)
                    && stem(&known.photos[*i].name).contains(name.as_str())
            })
            .collect();
        own.sort_by_key(|i| stem(&known.photos[*i].name).len());
        let Some(first) = own.first() else { continue };
        own.iter().for_each(|i| used[*i] = true);
        let found = |text: &str| Found {
            text: text.to_owned(),
            place: Place { file: known.photos[*first].name.clone(), spot: Spot::Whole },
        };
        let mut person = super::Person::default();
        person.add(Field::Name, found(name));
        person.add(Field::Photo, found(&known.photos[*first].name));
        out.persons.push(person);
    }
    let spare = known.photos.iter().zip(&used).filter(|(_, used)| !**used);
    out.spare_photos = spare.map(|(photo, _)| photo.name.clone()).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Person;

    fn photo_of(files: &[&str], names: &[&str]) -> (Vec<String>, Vec<String>, usize) {
        let known = Known {
            photos: files.iter().map(|name| PhotoFile { name: (*name).to_owned() }).collect(),
            ..Known::default()
        };
        let mut out = Understood::default();
        for name in names {
            let mut person = Person::default();
            let place = Place { file: "a".into(), spot: Spot::Whole };
            person.add(Field::Name, Found { text: (*name).to_owned(), place: place.clone() });
            person.add(Field::District, Found { text: "滨海新区".into(), place });
            out.persons.push(person);
        }
        find(&known, &Answers::new(), &mut out);
        let photos = out.persons.iter().map(|person| person.text(Field::Photo).to_owned()).collect();
        (photos, out.spare_photos, out.doubts.len())
    }

    #[test]
    fn photos_are_found_by_name() {
        let (photos, spare, doubts) = photo_of(
            &["滨海新区-王洋.jpeg", "IMG_2024.JPG", "王 琦.png", "王凤荣.jpg"],
            &["王洋", "王琦", "王凤荣", "刘伟"],
        );
        assert_eq!(photos, ["滨海新区-王洋.jpeg", "王 琦.png", "王凤荣.jpg", ""]);
        assert_eq!((spare, doubts), (vec!["IMG_2024.JPG".to_owned()], 0));
        let (photos, _, doubts) = photo_of(&["王洋 (1).jpg", "王洋.jpg"], &["王洋"]);
        assert_eq!((photos, doubts), (vec!["王洋.jpg".to_owned()], 1));
    }
}
