//! The transport of JavaScript: `fetch`, `setTimeout`, `Date` and `crypto`.

use std::time::Duration;

use acs3::canonical_query;

use js_sys::{Date, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials,
    RequestInit, RequestRedirect, Response as FetchResponse,
};

use super::host::JsHost;
use crate::api::{LONGEST_BODY, Request, Response, Timeouts, Transport, TransportError};
use crate::time::{Instant, Timestamp, millis, millis_at_least};

#[wasm_bindgen]
extern "C" {
    // Not web_sys::window(): there is none in Node and in workers.
    #[wasm_bindgen(js_name = fetch, catch)]
    fn global_fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(done: &Function, millis: f64) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);

    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// The longest timer, in milliseconds: some 24 days.
const LONGEST_TIMER: u32 = i32::MAX.unsigned_abs();

/// A sleep. One that is dropped ends at once: a process stays alive for as long as it has a timer.
struct Timer {
    id: JsValue,
    done: Function,
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
        // What waits for a promise is freed once that is settled.
        let _ = self.done.call0(&JsValue::UNDEFINED);
    }
}

/// Sends by `fetch`: the global one, or one that the caller brought.
#[derive(Debug)]
pub(crate) struct FetchTransport {
    fetch: Option<Function>,
    pub(super) host: JsHost,
    progress: Option<Function>,
}

impl FetchTransport {
    pub(super) fn new(fetch: Option<Function>, host: JsHost, progress: Option<Function>) -> Self {
        Self { fetch, host, progress }
    }

    async fn attempt(&self, request: Request, timeouts: Timeouts) -> Result<Response, JsValue> {
        let mut url = format!("{}{}", request.endpoint, request.path);
        if !request.query.is_empty() {
            url.push('?');
            url.push_str(&canonical_query(&request.query));
        }
        let init = RequestInit::new();
        init.set_method(request.method);
        // A redirect would take the security token along (Node strips `authorization` only).
        init.set_redirect(RequestRedirect::Error);
        init.set_credentials(RequestCredentials::Omit);
        init.set_cache(RequestCache::NoStore);
        init.set_referrer_policy(ReferrerPolicy::NoReferrer);
        // Node takes a timer beyond this for one of 1 ms.
        let timeout = u32::try_from(millis(timeouts.total)).unwrap_or(LONGEST_TIMER).min(LONGEST_TIMER);
        init.set_signal(Some(&AbortSignal::timeout_with_u32(timeout)));
        let headers = Headers::new()?;
        for (name, value) in &request.headers {
            headers.set(name, value)?;
        }
        init.set_headers_headers(&headers);
        if !request.body.is_empty() {
            // Bytes and not text: fetch would add a type to text.
            init.set_body(&Uint8Array::from(request.body.as_slice()));
        }

        if let Some(connect) = timeouts.connect {
            // Not one of fetch's own options: the `fetch` that the caller brings honours it.
            Reflect::set(&init, &"connectTimeout".into(), &(millis(connect) as f64).into())?;
        }
        // One that the caller brought goes by a proxy.
        let promise = match self.fetch.as_ref().filter(|_| !request.is_direct) {
            Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &url.into(), &init)?.dyn_into::<Promise>()?,
            None => global_fetch(&url, &init)?,
        };
        let response = JsFuture::from(promise).await?;
        // Not by its class: a `fetch` that the caller brought has a Response of its own.
        let Some(response) = Some(response).filter(JsValue::is_object) else {
            return Err(JsValue::UNDEFINED);
        };
        let response: FetchResponse = response.unchecked_into();
        Ok(Response {
            status: response.status(),
            date: response.headers().get("date")?.and_then(|date| moment(&date)),
            retry_after: response.headers().get("x-acs-retry-after")?,
            body: read_body(&response).await?,
        })
    }
}

/// The moment of a `date` header, as JavaScript reads it.
fn moment(date: &str) -> Option<Timestamp> {
    let millis = Date::parse(date);
    (millis >= 0.0).then(|| Timestamp::from_millis(millis as u64))
}

/// Reads chunk by chunk, so that an endless answer is left as soon as it is too long.
async fn read_body(response: &FetchResponse) -> Result<Vec<u8>, JsValue> {
    // Credentials fit: what a longer body leaves behind as it grows, nobody would wipe.
    let mut body = Vec::with_capacity(CREDENTIALS_LENGTH);
    let Some(stream) = response.body() else { return Ok(body) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into()?;
    loop {
        let chunk = JsFuture::from(reader.read()).await?;
        if Reflect::get(&chunk, &"done".into())?.is_truthy() {
            return Ok(body);
        }
        let bytes: Uint8Array = Reflect::get(&chunk, &"value".into())?.dyn_into()?;
        if body.len() + bytes.length() as usize > LONGEST_BODY {
            // The rest is given up; whether giving up works changes nothing.
            let _ = JsFuture::from(reader.cancel()).await;
            return Err(JsValue::from_str(TOO_LONG));
        }
        // Not by a copy in between, which nobody would wipe.
        let start = body.len();
        body.resize(start + bytes.length() as usize, 0);
        if let Some(place) = body.get_mut(start..) {
            bytes.copy_to(place);
        }
    }
}

/// More bytes than a response of STS has.
const CREDENTIALS_LENGTH: usize = 16 * 1024;

const TOO_LONG: &str = "too long";

/// What an exception of `fetch` means. Only codes are kept: messages may hold the URL.
fn classify(exception: &JsValue, timeout: Duration) -> TransportError {
    let text = |value: &JsValue, key: &str| Reflect::get(value, &key.into()).ok().and_then(|v| v.as_string());
    if exception.as_string().as_deref() == Some(TOO_LONG) {
        return TransportError::TooLong;
    }
    if matches!(text(exception, "name").as_deref(), Some("TimeoutError" | "AbortError")) {
        return TransportError::TimedOut(timeout);
    }
    let cause = first_cause(exception);
    if text(&cause, "message").as_deref() == Some("unexpected redirect") {
        return TransportError::Redirected;
    }
    // undici has no code of its own for it.
    if let Some(status) = text(&cause, "message").and_then(|message| status_of_proxy(&message)) {
        return TransportError::of_proxy(status);
    }
    let code = text(&cause, "code").or_else(|| text(exception, "code"));
    code.map_or_else(|| TransportError::Broken("fetch failed".into()), TransportError::of_node)
}

/// What is at the end of a chain of causes: of a tunnel that a proxy refused, undici's own error lies below another.
fn first_cause(exception: &JsValue) -> JsValue {
    const DEEPEST: usize = 4;
    let mut cause = exception.clone();
    for _ in 0..DEEPEST {
        match Reflect::get(&cause, &"cause".into()) {
            Ok(below) if below.is_object() => cause = below,
            _ => break,
        }
    }
    cause
}

/// The status with which a proxy answered CONNECT, where the message is of that.
fn status_of_proxy(message: &str) -> Option<u16> {
    message.strip_prefix("Proxy response (")?.split_once(')')?.0.parse().ok()
}

impl Transport for FetchTransport {
    async fn send(&self, request: Request, timeouts: Timeouts) -> Result<Response, TransportError> {
        self.attempt(request, timeouts).await.map_err(|exception| classify(&exception, timeouts.total))
    }

    async fn sleep(&self, duration: Duration) {
        let wait = millis_at_least(duration) as f64;
        let mut timer = None;
        let promise = Promise::new(&mut |done, _| {
            timer = Some(Timer { id: set_timeout(&done, wait), done });
        });
        // This promise is never rejected.
        let _ = JsFuture::from(promise).await;
        drop(timer);
    }

    fn progress(&self, note: &str) {
        if let Some(progress) = &self.progress {
            // What the caller does with it changes nothing here.
            let _ = progress.call1(&JsValue::UNDEFINED, &note.into());
        }
    }

    fn wall_clock(&self) -> Timestamp {
        Timestamp::from_millis(Date::now() as u64)
    }

    fn elapsed(&self) -> Instant {
        Instant::from_millis(performance_now() as u64)
    }

    fn random(&self) -> u64 {
        // Fails only where there is no `crypto`; the clock then still tells requests apart.
        getrandom::u64().unwrap_or_else(|_| Date::now().to_bits())
    }
}
