//! Whether a computation fits in memory.

use super::error::CliError;

/// What is taken to be free where the system does not say: 8 GB.
const UNKNOWN: u128 = 8_000_000_000;

/// # Errors
/// [`CliError::Memory`] when `need` bytes are more than are free.
pub fn fits(need: u128) -> Result<(), CliError> {
    let free = available().unwrap_or(UNKNOWN);
    if need <= free { Ok(()) } else { Err(CliError::Memory { need, free }) }
}

/// Linux: `MemAvailable`, or what is left of the limit of the group of processes if that is less.
fn available() -> Option<u128> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u128 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    let machine = 1024 * kilobytes;
    let group = |name: &str| -> Option<u128> {
        std::fs::read_to_string(format!("/sys/fs/cgroup/memory.{name}")).ok()?.trim().parse().ok()
    };
    let left = group("max").zip(group("current")).map(|(max, used)| max.saturating_sub(used));
    Some(left.map_or(machine, |left| machine.min(left)))
}
