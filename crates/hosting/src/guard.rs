//! The wall between targets and everything else: a table of nftables of our own name.
//!
//! An internal network of an engine leaves holes: ports of the host answer on the bridge's address, a daemon may run
//! without its firewall rules, and forwarding may be on. The table closes them whatever the engine does, for every
//! bridge whose name begins with [`BRIDGE`].

use crate::engine::finding::GuardProblem;
use std::path::PathBuf;
use std::process::Stdio;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// What the names of our bridges begin with.
pub(crate) const BRIDGE: &str = "bft-";
/// The name of the table.
const TABLE: &str = "beffroi_targets";

/// Gives the table as `nft` reads and prints it.
///
/// What a target sends to the host is dropped unless it answers the host; what it sends is never forwarded out of its own
/// bridge (the route to where it goes does not lead back over the interface it came by), nor does anything come in from
/// elsewhere.
pub fn guard_text() -> String {
    format!(
        r#"table inet {TABLE} {{
	chain forward {{
		type filter hook forward priority filter - 10; policy accept;
		iifname "{BRIDGE}*" fib daddr . iif oif missing drop
		iifname != "{BRIDGE}*" oifname "{BRIDGE}*" drop
	}}

	chain input {{
		type filter hook input priority filter - 10; policy accept;
		iifname "{BRIDGE}*" ct state established,related accept
		iifname "{BRIDGE}*" drop
	}}
}}
"#
    )
}

/// What checks and keeps the wall.
#[derive(Clone, Debug)]
pub struct Guard {
    program: PathBuf,
    may_install: bool,
}

impl Guard {
    /// Makes a guard that runs `program` (`nft`) and installs the table where it is allowed to.
    pub fn new(program: PathBuf, may_install: bool) -> Self {
        Self { program, may_install }
    }

    /// Says what is wrong with the wall; nothing where it stands.
    pub async fn problem(&self) -> Option<GuardProblem> {
        match self.run(&["list", "table", "inet", TABLE], None).await {
            Ok(text) if same(&text, &guard_text()) => None,
            Ok(_) => Some(GuardProblem::Different),
            Err(problem) => Some(problem),
        }
    }

    /// Puts the wall up where it is missing or different and that is allowed; says what is still wrong.
    pub async fn ensure(&self) -> Option<GuardProblem> {
        let problem = self.problem().await?;
        let wanted = matches!(problem, GuardProblem::Missing | GuardProblem::Different);
        if !wanted || !self.may_install {
            return Some(problem);
        }
        // Named first so that it can be deleted: one transaction, which leaves no instant without a wall.
        let text = format!("table inet {TABLE}\ndelete table inet {TABLE}\n{}", guard_text());
        match self.run(&["-f", "-"], Some(&text)).await {
            Ok(_) => self.problem().await,
            Err(problem) => Some(problem),
        }
    }

    /// Takes the wall away, when no target of this machine is left.
    ///
    /// # Errors
    /// What kept it from that.
    pub async fn clean(&self) -> Result<(), GuardProblem> {
        match self.run(&["delete", "table", "inet", TABLE], None).await {
            Ok(_) | Err(GuardProblem::Missing) => Ok(()),
            Err(problem) => Err(problem),
        }
    }

    async fn run(&self, arguments: &[&str], input: Option<&str>) -> Result<String, GuardProblem> {
        let failed = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => GuardProblem::NoProgram,
            _ => GuardProblem::Failed(error.to_string()),
        };
        let mut child = Command::new(&self.program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        if let Some(mut stdin) = child.stdin.take() {
            let text = input.unwrap_or_default();
            stdin.write_all(text.as_bytes()).await.map_err(failed)?;
        }
        let output = child.wait_with_output().await.map_err(failed)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(if words.contains("not permitted") {
            GuardProblem::NotAllowed
        } else if words.contains("No such file or directory") && !words.contains("syntax") {
            GuardProblem::Missing
        } else {
            GuardProblem::Failed(words)
        })
    }
}

/// Compares two texts by their words: versions of `nft` differ in spaces and empty lines.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_their_words() {
        assert!(same(
            &guard_text(),
            &guard_text().replace("\n\n", "\n").replace('\t', "  ")
        ));
        assert!(!same(&guard_text(), &guard_text().replace("drop", "accept")));
        assert!(!same(&guard_text(), ""));
    }

    #[tokio::test]
    async fn a_missing_program_is_told() {
        let guard = Guard::new("/nowhere/nft".into(), true);
        assert_eq!(guard.ensure().await, Some(GuardProblem::NoProgram));
    }
}
