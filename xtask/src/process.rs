//! Child processes: every one in a group of its own, so that a signal to xtask reaches all of what
//! it started, and told by the kernel to stop should xtask be killed outright.

use std::{
    ffi::OsStr,
    io::{self, BufRead, BufReader, Read, Write},
    mem::MaybeUninit,
    os::unix::process::{CommandExt, ExitStatusExt},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};

const STOP: [i32; 3] = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP];
static SIGNAL: AtomicI32 = AtomicI32::new(0);
static FOREGROUND: Mutex<Vec<i32>> = Mutex::new(Vec::new());

/// Turns Ctrl-C and its kin into a flag and passes them on to the command in the foreground.
/// Servers in the background are stopped by their guards, in order, when the flag ends the run.
pub fn catch_signals() {
    let set = unsafe {
        let mut set = MaybeUninit::zeroed();
        libc::sigemptyset(set.as_mut_ptr());
        for signal in STOP {
            libc::sigaddset(set.as_mut_ptr(), signal);
        }
        let set = set.assume_init();
        libc::pthread_sigmask(libc::SIG_BLOCK, &set, std::ptr::null_mut());
        set
    };
    thread::spawn(move || {
        loop {
            let mut signal = 0;
            if unsafe { libc::sigwait(&set, &mut signal) } != 0 {
                return;
            }
            let again = SIGNAL.swap(signal, Ordering::SeqCst) != 0;
            for &group in foreground().iter() {
                signal_group(group, if again { libc::SIGKILL } else { signal });
            }
        }
    });
}

/// The signal that asked xtask to stop, if one did.
pub fn caught() -> Option<i32> {
    match SIGNAL.load(Ordering::SeqCst) {
        0 => None,
        signal => Some(signal),
    }
}

pub fn check_interrupted() -> Result<()> {
    match caught() {
        Some(_) => Err(anyhow!("interrupted")),
        None => Ok(()),
    }
}

/// Runs to the end with its output on the terminal.
pub fn status(command: &mut Command) -> Result<ExitStatus> {
    let (mut child, _listed) = spawn_listed(command.stdin(Stdio::null()))?;
    child.wait().context(name(command))
}

/// Like [`status`], and anything but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    check(command, status, "")
}

/// Runs without showing anything and returns standard output.
pub fn output(command: &mut Command) -> Result<String> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let (child, _listed) = spawn_listed(command)?;
    let output = child.wait_with_output().context(name(command))?;
    check(
        command,
        output.status,
        &String::from_utf8_lossy(&output.stderr),
    )?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end and returns what it says, whether it fails or not.
pub fn unseen(command: &mut Command) -> Result<(ExitStatus, String)> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let (child, _listed) = spawn_listed(command)?;
    let output = child.wait_with_output().context(name(command))?;
    check_interrupted()?;
    let said = [output.stdout, output.stderr].concat();
    Ok((output.status, String::from_utf8_lossy(&said).into_owned()))
}

/// How far a command lets others go first. None is the last of all: what it locks for a moment is not to be waited
/// for either.
#[derive(Clone, Copy)]
pub enum Patience {
    /// It has a share also beside those that never wait.
    Little,
    /// It has what all others leave.
    Much,
}

/// Lets others go first: it, and what it starts, has the processors while they leave them alone.
pub fn patient(command: &mut Command, patience: Patience) -> &mut Command {
    let nice = match patience {
        Patience::Little => 3,
        Patience::Much => 10,
    };
    unsafe {
        command.pre_exec(move || {
            libc::setpriority(libc::PRIO_PROCESS, 0, nice);
            Ok(())
        })
    }
}

/// Runs with `input` for it to read, and shows nothing unless it fails.
pub fn feed(command: &mut Command, input: &str) -> Result<()> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let (mut child, _listed) = spawn_listed(command)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A process that ends without reading says why by itself.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().context(name(command))?;
    check(
        command,
        output.status,
        &String::from_utf8_lossy(&output.stderr),
    )
}

/// Runs with its output on the terminal and returns that output too. `hear` is told each line of standard error.
pub fn tee(command: &mut Command, hear: impl FnMut(&str) + Send) -> Result<(ExitStatus, String)> {
    copied(command, (io::stdout(), io::stderr()), hear)
}

/// The same without showing anything.
pub fn listen(
    command: &mut Command,
    hear: impl FnMut(&str) + Send,
) -> Result<(ExitStatus, String)> {
    copied(command, (io::sink(), io::sink()), hear)
}

fn copied(
    command: &mut Command,
    (out, err): (impl Write, impl Write + Send),
    hear: impl FnMut(&str) + Send,
) -> Result<(ExitStatus, String)> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let (mut child, _listed) = spawn_listed(command)?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let text = thread::scope(|scope| {
        let errors = scope.spawn(|| copy_lines(stderr, err, hear));
        let text = copy_lines(stdout, out, |_| ());
        text + &errors.join().unwrap_or_default()
    });
    let status = child.wait().context(name(command))?;
    check_interrupted()?;
    Ok((status, text))
}

/// As a shell counts it: 128 and the signal's number for a process that a signal ended.
pub fn exit_code(status: ExitStatus) -> i32 {
    status
        .code()
        .or_else(|| status.signal().map(|signal| 128 + signal))
        .unwrap_or(1)
}

/// Starts a process that outlives the call. Its guard stops it.
pub fn spawn(command: &mut Command, label: &str) -> Result<Background> {
    let child = start(command.stdin(Stdio::null()))?;
    Ok(Background {
        child,
        label: label.to_owned(),
    })
}

/// A server that runs until this is dropped.
pub struct Background {
    child: Child,
    label: String,
}

impl Background {
    /// Calls `ready` until it says yes; fails when the process ends or the time is up first.
    pub fn wait_until(&mut self, limit: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
        let start = Instant::now();
        while !ready() {
            check_interrupted()?;
            if let Ok(Some(status)) = self.child.try_wait() {
                bail!("{} stopped at once: {status}", self.label);
            }
            if start.elapsed() > limit {
                let limit = limit.as_secs();
                bail!("{} is not ready after {limit} s", self.label);
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        let group = self.child.id().cast_signed();
        signal_group(group, libc::SIGTERM);
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(10) {
            if !matches!(self.child.try_wait(), Ok(None)) {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        signal_group(group, libc::SIGKILL);
        let _ = self.child.wait();
    }
}

/// While it lives, signals to xtask go to this process group as well.
struct Listed(i32);

impl Drop for Listed {
    fn drop(&mut self) {
        foreground().retain(|&group| group != self.0);
    }
}

fn spawn_listed(command: &mut Command) -> Result<(Child, Listed)> {
    // The list stays locked from the check to the entry: a signal in between waits for both.
    let mut groups = foreground();
    check_interrupted()?;
    let child = start(command)?;
    let group = child.id().cast_signed();
    groups.push(group);
    Ok((child, Listed(group)))
}

fn start(command: &mut Command) -> Result<Child> {
    command.process_group(0);
    // Children inherit the mask that catch_signals set, and from a shell's background job an ignored
    // Ctrl-C: they would hear no request to stop.
    unsafe {
        command.pre_exec(|| {
            let mut none = MaybeUninit::uninit();
            libc::sigemptyset(none.as_mut_ptr());
            libc::pthread_sigmask(libc::SIG_SETMASK, none.as_ptr(), std::ptr::null_mut());
            for signal in STOP {
                libc::signal(signal, libc::SIG_DFL);
            }
            #[cfg(target_os = "linux")]
            libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGTERM);
            Ok(())
        });
    }
    command
        .spawn()
        .with_context(|| format!("cannot start {}", name(command)))
}

fn foreground() -> std::sync::MutexGuard<'static, Vec<i32>> {
    FOREGROUND.lock().unwrap_or_else(PoisonError::into_inner)
}

fn signal_group(group: i32, signal: i32) {
    unsafe { libc::kill(-group, signal) };
}

fn copy_lines(from: Option<impl Read>, mut to: impl Write, mut hear: impl FnMut(&str)) -> String {
    let mut text = String::new();
    let Some(from) = from else { return text };
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while matches!(from.read_until(b'\n', &mut line), Ok(1..)) {
        let _ = to.write_all(&line).and_then(|()| to.flush());
        let words = String::from_utf8_lossy(&line);
        hear(&words);
        text.push_str(&words);
        line.clear();
    }
    text
}

fn check(command: &Command, status: ExitStatus, errors: &str) -> Result<()> {
    check_interrupted()?;
    if status.success() {
        return Ok(());
    }
    let errors = errors.trim();
    let errors = if errors.is_empty() {
        String::new()
    } else {
        format!("\n{errors}")
    };
    Err(anyhow!("`{}` failed ({status}){errors}", name(command)))
}

fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}
