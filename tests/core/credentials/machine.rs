//! A machine in memory: files, commands, the metadata of an instance, and an STS.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use alicloud_image_share::api::{
    ClientContext, CredentialsProvider, Host, HostError, Limits, Request, Response, Timeouts, Transport,
    TransportError,
};
use alicloud_image_share::credentials::Session;
use alicloud_image_share::diagnostic::Diagnostic;
use alicloud_image_share::naming::Naming;
use alicloud_image_share::secret::Secret;
use alicloud_image_share::settings::Settings;
use alicloud_image_share::time::{Instant, Timestamp, millis};
use futures::executor::block_on;
use zeroize::Zeroizing;

/// 2026-01-01T00:00:00Z, in seconds.
pub const NOW: u64 = 1_767_225_600;

/// A machine. What it was asked for is written down.
#[derive(Default)]
pub struct Machine {
    pub files: BTreeMap<String, Vec<u8>>,
    pub commands: BTreeMap<String, Result<String, HostError>>,
    /// By method, host and path.
    pub answers: BTreeMap<String, (u16, String)>,
    pub logins: BTreeMap<String, Result<String, HostError>>,
    /// Actions that STS refuses, with the code.
    pub refused: BTreeMap<String, (u16, &'static str, &'static str)>,
    /// The requests of no action, in order.
    pub sent: RefCell<Vec<String>>,
    /// The parameters of actions, in order, with the host, and the key that signed.
    pub assumed: RefCell<Vec<String>>,
    issued: Cell<usize>,
    clock: Cell<u64>,
}

/// A handle that the core takes as its transport.
#[derive(Clone)]
pub struct Link(pub Rc<Machine>);

/// What a session gave: id and token, or code and message.
pub type Given = Result<(String, Option<String>), (String, String)>;

impl Machine {
    /// A machine with one file.
    pub fn with(path: &str, content: impl Into<Vec<u8>>) -> Self {
        let mut machine = Self::default();
        machine.files.insert(path.into(), content.into());
        machine
    }

    /// A machine with the CLI's file, of these profiles; the first is the current one.
    pub fn with_profiles(profiles: &str) -> Self {
        Self::with(
            "/home/baker/.aliyun/config.json",
            format!(r#"{{"current":"one","profiles":[{profiles}]}}"#),
        )
    }

    /// The session of these variables.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn open(self, environment: &[(&str, &str)]) -> (Rc<Self>, Result<Session<Link>, Diagnostic>) {
        let machine = Rc::new(self);
        let own = |(name, text): &(&str, &str)| ((*name).to_owned(), Secret::new((*text).to_owned()));
        let settings = Settings::new(Vec::new(), environment.iter().map(own).collect());
        let session = settings.identity(None).and_then(|identity| {
            let transport = Link(Rc::clone(&machine));
            let context = Rc::new(ClientContext::new(transport, Limits::default(), &Naming::DYNAMIC));
            Ok(Session::new(context, identity, settings.sts_endpoint()?))
        });
        (machine, session)
    }

    /// Whose credentials are used with these variables, and what there is to say of them.
    pub fn session(self, environment: &[(&str, &str)]) -> (Rc<Self>, Given, Vec<String>) {
        let (machine, session) = self.open(environment);
        let session = match session {
            Ok(session) => session,
            Err(wrong) => return (machine, Err((wrong.code_name().to_owned(), wrong.message())), Vec::new()),
        };
        let given = block_on(session.credentials())
            .map(|key| {
                let token = key.security_token.map(|token| token.expose().to_owned());
                (key.access_key_id.expose().to_owned(), token)
            })
            .map_err(|error| (error.code().to_owned(), error.diagnostic().message()));
        let said = session.take_warnings().iter().map(|warning| warning.message()).collect();
        (machine, given, said)
    }

    /// The same, without what there is to say.
    pub fn given(self, environment: &[(&str, &str)]) -> Given {
        self.session(environment).1
    }

    /// Why there are no credentials.
    pub fn why(self, environment: &[(&str, &str)]) -> String {
        match self.given(environment) {
            Err((_, message)) => message,
            Ok(given) => panic!("{given:?} were given"),
        }
    }

    fn answer(&self, request: &Request) -> Response {
        let header = |name: &str| {
            request.headers.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value.as_str())
        };
        let parameter = |name: &str| {
            request.query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
        };
        let action = [header("x-acs-action"), parameter("Action")].concat();
        let respond =
            |status: u16, body: String| Response { status, body: body.into_bytes(), ..Response::default() };
        if action.is_empty() {
            let token = header("x-aliyun-ecs-metadata-token");
            let place = format!("{} {}{}", request.method, request.endpoint.host(), request.path);
            self.sent.borrow_mut().push(format!("{place} {token}").trim_end().to_owned());
            assert!(request.is_direct, "{place} goes by no proxy");
            let (status, body) = self.answers.get(&place).cloned().unwrap_or((404, String::new()));
            return respond(status, body);
        }
        let signer =
            header("authorization").split("Credential=").nth(1).and_then(|rest| rest.split(',').next());
        let mut parameters: Vec<String> =
            request.query.iter().map(|(key, value)| format!("{key}={value}")).collect();
        parameters.push(String::from_utf8_lossy(&request.body).into_owned());
        let shown = parameters.join("&");
        let host = request.endpoint.host();
        self.assumed.borrow_mut().push(format!("{action} {host} {} {shown}", signer.unwrap_or("nobody")));
        if let Some((status, code, message)) = self.refused.get(&action) {
            return respond(
                *status,
                format!(r#"{{"Code":"{code}","Message":"{message}","RequestId":"R-1"}}"#),
            );
        }
        self.issued.set(self.issued.get() + 1);
        let number = self.issued.get();
        respond(
            200,
            format!(
                r#"{{"Credentials":{{"AccessKeyId":"STS.role{number}","AccessKeySecret":"planted","SecurityToken":"planted-token{number}","Expiration":"2026-01-01T01:00:00Z"}}}}"#
            ),
        )
    }
}

impl Host for Link {
    async fn read_file(&self, path: &str) -> Result<Zeroizing<Vec<u8>>, HostError> {
        self.0.files.get(path).cloned().map(Zeroizing::new).ok_or(HostError::NotFound)
    }

    async fn run(&self, command: &[String]) -> Result<Zeroizing<Vec<u8>>, HostError> {
        let output = self.0.commands.get(&command.join(" ")).cloned().unwrap_or(Err(HostError::NotFound))?;
        Ok(Zeroizing::new(output.into_bytes()))
    }

    async fn log_in(&self, profile: &str, _: &str) -> Result<Zeroizing<Vec<u8>>, HostError> {
        let answer = self.0.logins.get(profile).cloned().unwrap_or(Err(HostError::NotFound))?;
        Ok(Zeroizing::new(answer.into_bytes()))
    }

    fn home(&self) -> Option<String> {
        Some("/home/baker".into())
    }
}

impl Transport for Link {
    async fn send(&self, request: Request, _: Timeouts) -> Result<Response, TransportError> {
        Ok(self.0.answer(&request))
    }

    async fn sleep(&self, duration: Duration) {
        self.0.clock.set(self.0.clock.get() + millis(duration));
    }

    fn wall_clock(&self) -> Timestamp {
        Timestamp::from_millis(NOW * 1000 + self.0.clock.get())
    }

    fn elapsed(&self) -> Instant {
        Instant::from_millis(self.0.clock.get())
    }

    fn random(&self) -> u64 {
        7
    }
}
