//! The line between one node and a server, which can be cut.

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// Passes everything on to a port of this machine, as long as it is whole.
pub struct Wire {
    pub port: u16,
    is_whole: watch::Sender<bool>,
    passing: JoinHandle<()>,
}

impl Wire {
    pub async fn to(target: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("it has an address").port();
        let (is_whole, seen) = watch::channel(true);
        let passing = tokio::spawn(pass_on(listener, target, seen));
        Self {
            port,
            is_whole,
            passing,
        }
    }

    /// Breaks off what is connected; new connections are closed at once until [`Wire::mend`].
    pub fn cut(&self) {
        self.is_whole.send_replace(false);
    }

    pub fn mend(&self) {
        self.is_whole.send_replace(true);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.cut();
        self.passing.abort();
    }
}

async fn pass_on(listener: TcpListener, target: u16, is_whole: watch::Receiver<bool>) {
    while let Ok((mut near, _)) = listener.accept().await {
        let mut is_whole = is_whole.clone();
        if !*is_whole.borrow() {
            continue;
        }
        tokio::spawn(async move {
            let Ok(mut far) = TcpStream::connect(("127.0.0.1", target)).await else {
                return;
            };
            // Delayed acknowledgements would slow every call down.
            let _ = near.set_nodelay(true);
            let _ = far.set_nodelay(true);
            tokio::select! {
                _ = copy_bidirectional(&mut near, &mut far) => {}
                _ = is_whole.wait_for(|whole| !whole) => {}
            }
        });
    }
}
