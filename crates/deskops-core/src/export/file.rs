//! A file that gets its name only when it is whole, and never takes the name of another.
//!
//! It grows under a temporary name in the same folder, so that a power cut leaves no half file
//! that looks like a whole one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use deskops_domain::change::hex;
use deskops_domain::choice::{Choices, Format, Granularity};
use deskops_domain::day::Day;
use sha2::{Digest, Sha256};

/// How often another name is tried before giving up.
const MOST_NAMES: u32 = 10_000;

/// The name of a file: `production_2026-11-01_to_2026-11-22.xlsx`, and of weeks or months
/// `production_weekly_2026-11-01_to_2026-11-22.xlsx`.
#[must_use]
pub fn file_name(
    module: &str,
    granularity: Granularity,
    from: Day,
    to: Day,
    format: Format,
) -> String {
    let module: String =
        module.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect();
    let rows = match granularity {
        Granularity::Daily => String::new(),
        gathered => format!("_{}", gathered.code()),
    };
    format!("{module}{rows}_{from}_to_{to}.{}", format.code())
}

/// Whether a name from outside has the form of an export's name, so that it names nothing else.
#[must_use]
pub fn is_file_name(name: &str) -> bool {
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ' | '(' | ')');
    let begins = stem.starts_with(|c: char| c.is_ascii_lowercase());
    begins
        && name.len() <= 120
        && Format::from_code(extension).is_some()
        && stem.chars().all(is_safe)
}

/// A file under its temporary name. Dropped before [`Part::finish`], it is taken away.
pub(super) struct Part {
    folder: PathBuf,
    path: PathBuf,
    out: BufWriter<File>,
    sha256: Sha256,
    bytes: u64,
}

impl Part {
    /// Begins a file in a folder, which is made where it is missing.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        for n in 0..MOST_NAMES {
            let path = folder.join(format!(".deskops-{}-{n}.part", std::process::id()));
            match create(&path) {
                Ok(file) => {
                    let out = BufWriter::with_capacity(1 << 16, file);
                    return Ok(Self {
                        folder: folder.to_owned(),
                        path,
                        out,
                        sha256: Sha256::new(),
                        bytes: 0,
                    });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("too many unfinished files in the folder"))
    }

    /// Puts the file on the disk for good and gives it its name, or the first free one like it.
    pub(super) fn finish(mut self, name: &str) -> io::Result<(PathBuf, u64, String)> {
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        let path = (1..MOST_NAMES).find_map(|n| self.name_it(&numbered(name, n)).transpose());
        let path = path.unwrap_or_else(|| {
            Err(io::Error::other("too many files of this name in the folder"))
        })?;
        sync_folder(&self.folder)?;
        Ok((path, self.bytes, hex(&self.sha256.clone().finalize())))
    }

    /// `None` when a file of this name is there already.
    fn name_it(&self, name: &str) -> io::Result<Option<PathBuf>> {
        let path = self.folder.join(name);
        // A link never replaces a file, a renaming does; some disks have no links.
        match fs::hard_link(&self.path, &path) {
            Ok(()) => Ok(Some(path)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
            Err(_) if path.symlink_metadata().is_ok() => Ok(None),
            Err(_) => fs::rename(&self.path, &path).map(|()| Some(path)),
        }
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n_bytes = self.out.write(bytes)?;
        self.sha256.update(&bytes[..n_bytes]);
        self.bytes += n_bytes as u64;
        Ok(n_bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Already gone after a renaming; otherwise nothing that anybody could do about it.
        let _ = fs::remove_file(&self.path);
    }
}

/// A new file that only its owner reads, as figures of a site are not for everybody.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// `a.csv`, then `a (2).csv`.
fn numbered(name: &str, n: u32) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if n > 1 => format!("{stem} ({n}).{extension}"),
        _ => name.to_owned(),
    }
}

/// Makes the new name itself outlive a power cut; only Unix can say that of a folder.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
