//! Asks, once a row is saved, whether something about it is unlike others. It stays saved.

use deskops_domain::choice::Module;
use deskops_domain::problem::Problem;

use super::job::RowJob;
use super::plan::Typed;
use crate::client::Client;
use crate::face::Face;

/// Whether it is known what is usual of records of this kind.
fn is_guarded(face: &Face) -> bool {
    matches!(
        face.module(),
        Some(Module::Dispatch | Module::Received | Module::Equipment | Module::Manpower)
    )
}

/// What is worth a question of the record that a row is now; none where nobody can say.
pub async fn odd(client: &Client, job: &RowJob) -> Option<Vec<Problem>> {
    if !matches!(job.typed, Typed::Right(..)) {
        return None;
    }
    let (face, site, entry) = {
        let book = job.book.borrow();
        let entry = book.rows.get(&job.row)?.1.live()?.clone();
        (book.face.clone(), book.site.clone(), entry)
    };
    if !is_guarded(&face) {
        return None;
    }
    // A question that cannot be asked is asked again of the whole day when it is closed.
    face.judge(client, &site, &entry).await.ok()
}
