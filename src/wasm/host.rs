//! The machine as JavaScript knows it: files, commands, the home folder.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use zeroize::Zeroizing;

use super::fetch::FetchTransport;
use crate::api::{Host, HostError, LONGEST_FILE};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** The machine that sources of credentials look at. What is rejected has a `code`, such as `ENOENT`. */
export interface Host {
    readFile(path: string): Promise<Uint8Array>;
    /** Runs a program with its arguments, by no shell; resolves to its standard output. */
    run(command: string[]): Promise<Uint8Array>;
    /**
     * Credentials of a profile that needs a login in a browser, in JSON: `{AccessKeyId, AccessKeySecret,
     * SecurityToken, Expiration}`. Only the message of an error named `CredentialsFailure` is shown.
     */
    logIn?(profile: string, file: string): Promise<Uint8Array>;
    home?: string;
    isWindows?: boolean;
}
"#;

/// An object with `readFile`, `run`, `logIn`, `home` and `isWindows`; what it lacks is not there.
#[derive(Debug)]
pub(crate) struct JsHost(JsValue);

type Bytes = Result<Zeroizing<Vec<u8>>, HostError>;

impl JsHost {
    pub(super) fn new(host: JsValue) -> Self {
        Self(host)
    }

    fn get(&self, key: &str) -> JsValue {
        // Of undefined there is no property to get.
        Reflect::get(&self.0, &key.into()).unwrap_or(JsValue::UNDEFINED)
    }

    async fn call(&self, method: &str, arguments: &Array) -> Bytes {
        let Ok(method) = self.get(method).dyn_into::<Function>() else { return Err(HostError::NotFound) };
        let called = method.apply(&self.0, arguments).and_then(JsCast::dyn_into::<Promise>);
        let answer = match called {
            Ok(promise) => JsFuture::from(promise).await,
            Err(exception) => Err(exception),
        };
        let bytes: Uint8Array = answer.and_then(JsCast::dyn_into).map_err(|exception| failure(&exception))?;
        if bytes.length() as usize > LONGEST_FILE {
            return Err(HostError::TooLong);
        }
        Ok(Zeroizing::new(bytes.to_vec()))
    }
}

/// Only codes are kept, and messages that were made to be read: others may hold the content of files.
fn failure(exception: &JsValue) -> HostError {
    let get = |key: &str| Reflect::get(exception, &key.into()).unwrap_or(JsValue::UNDEFINED);
    if get("name").as_string().as_deref() == Some("CredentialsFailure") {
        return HostError::Unreadable(get("message").as_string().unwrap_or_default());
    }
    let code = get("code");
    if let Some(status) = code.as_f64() {
        return HostError::Status(status as i32);
    }
    match code.as_string().as_deref() {
        Some("ENOENT") => HostError::NotFound,
        Some("ETIMEDOUT") => HostError::TimedOut,
        Some(code)
            if code
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_') =>
        {
            HostError::Unreadable(code.to_owned())
        }
        _ => HostError::Unreadable("unknown".into()),
    }
}

impl Host for FetchTransport {
    async fn read_file(&self, path: &str) -> Bytes {
        self.host.call("readFile", &Array::of1(&path.into())).await
    }

    async fn run(&self, command: &[String]) -> Bytes {
        let command: Array = command.iter().map(JsValue::from).collect();
        self.host.call("run", &Array::of1(&command)).await
    }

    async fn log_in(&self, profile: &str, file: &str) -> Bytes {
        self.host.call("logIn", &Array::of2(&profile.into(), &file.into())).await
    }

    fn home(&self) -> Option<String> {
        self.host.get("home").as_string().filter(|home| !home.is_empty())
    }

    fn is_windows(&self) -> bool {
        self.host.get("isWindows").is_truthy()
    }
}
