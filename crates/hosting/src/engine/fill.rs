//! What volumes begin with: their user, a seed, or what a kept state holds.

use super::container::resting;
use super::labels::Owner;
use super::{Doing, Engine, SeedStream};
use crate::archive;
use crate::error::{HostingError, MissingSeed};
use crate::instance::Instance;
use bollard::models::{Mount, MountType};
use bollard::query_parameters::{DownloadFromContainerOptions, UploadToContainerOptions};
use bytes::Bytes;
use domain::ids::TargetId;
use domain::recipe::{Digest, Service, Volume};
use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt, TryStreamExt};

/// Where volumes are seen while they are given to their users.
const ASIDE: &str = "beffroi-volumes";

impl Engine {
    /// Fills the volumes of a service whose container is made and not started.
    pub(super) async fn fill(
        &self,
        instance: &Instance,
        service: &Service,
        container: &str,
    ) -> Result<(), HostingError> {
        if service.volumes.is_empty() {
            return Ok(());
        }
        if self.is_podman() {
            for volume in &service.volumes {
                self.upload(container, &volume.at, given(service, ["./"])).await?;
            }
        } else {
            self.give_aside(instance, service).await?;
        }
        for volume in &service.volumes {
            match instance.from {
                Some(snapshot) => {
                    let holder = Owner::Snapshot(snapshot).container(&service.name);
                    self.copy(&holder, container, &volume.at).await?;
                }
                None => self.sow(instance.target, container, volume).await?,
            }
        }
        Ok(())
    }

    /// Gives volumes to their user on Docker, which leaves alone the folder that an archive is unpacked into: they are seen
    /// from one above, in a container that is thrown away.
    async fn give_aside(&self, instance: &Instance, service: &Service) -> Result<(), HostingError> {
        let owner = Owner::Instance(instance.id);
        let name = owner.container(&format!("{}.aside", service.name));
        let seen = service.volumes.iter().map(|volume| Mount {
            typ: Some(MountType::VOLUME),
            source: Some(owner.volume(&service.name, &volume.name)),
            target: Some(format!("/{ASIDE}/{}", volume.name)),
            ..Mount::default()
        });
        let image = match instance.from {
            Some(snapshot) => self.snapshot_image(snapshot, service).await?,
            None => service.image.to_string(),
        };
        self.discard(&name, &[]).await?;
        self.create_container(&name, resting(image, self.labels(owner), seen.collect()))
            .await?;
        let folders = service.volumes.iter().map(|volume| format!("{ASIDE}/{}/", volume.name));
        self.upload(&name, "/", given(service, folders)).await?;
        self.discard(&name, &[]).await
    }

    /// Puts the seed into a volume.
    async fn sow(&self, target: TargetId, container: &str, volume: &Volume) -> Result<(), HostingError> {
        let Some(digest) = &volume.seed else { return Ok(()) };
        // Its presence was checked before anything was made; one that went since then leaves the volume empty, which
        // must not be taken for the state that was asked for.
        let Some(seed) = self.seed(target, digest).await? else {
            return Err(HostingError::SeedsMissing(vec![MissingSeed {
                place: volume.name.clone(),
                digest: digest.clone(),
            }]));
        };
        self.upload(container, &volume.at, seed).await
    }

    /// Opens an archive, where it is there.
    pub(super) async fn seed(&self, target: TargetId, digest: &Digest) -> Result<Option<SeedStream>, HostingError> {
        let opened = self.settings.seeds.open(target, digest).await;
        opened.map_err(|error| HostingError::SeedUnreadable {
            digest: digest.clone(),
            reason: error.to_string(),
        })
    }

    async fn upload(
        &self,
        container: &str,
        path: &str,
        archive: impl Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static,
    ) -> Result<(), HostingError> {
        let options = UploadToContainerOptions {
            path: path.to_owned(),
            ..UploadToContainerOptions::default()
        };
        let body = bollard::body_try_stream(archive);
        let sent = self.slow.upload_to_container(container, Some(options), body).await;
        sent.doing("fill a volume")
    }

    /// Copies a folder of one container into another.
    pub(super) async fn copy(&self, from: &str, to: &str, path: &str) -> Result<(), HostingError> {
        let options = DownloadFromContainerOptions {
            path: format!("{path}/."),
        };
        let read = self.slow.download_from_container(from, Some(options));
        let read = read.map_err(std::io::Error::other);
        self.upload(to, path, read).await
    }
}

/// Packs folders that belong to the user of a service.
fn given(
    service: &Service,
    folders: impl IntoIterator<Item = impl AsRef<str>>,
) -> BoxStream<'static, Result<Bytes, std::io::Error>> {
    let owner = archive::Owner {
        user: service.user.user,
        group: service.user.group,
        mode: 0o755,
    };
    let mut archive = archive::Archive::default();
    for folder in folders {
        archive.folder(folder.as_ref(), owner);
    }
    stream::iter([Ok(Bytes::from(archive.finish()))]).boxed()
}
