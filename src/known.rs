//! A value that may not be known yet, or may not be shown.

/// A value of an input, so far as it can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<T> {
    /// It is this.
    Is(T),
    /// Not known before the deployment: never judged, never shown, equal to nothing.
    Unknown,
    /// There, and not to be read here: a secret of a plan or a state.
    Hidden,
}

impl<T> Known<T> {
    /// The value, where it is known.
    pub fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Unknown | Self::Hidden => None,
        }
    }

    /// Another value made of it, where it is known.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Self::Is(value) => Known::Is(make(value)),
            Self::Unknown => Known::Unknown,
            Self::Hidden => Known::Hidden,
        }
    }
}
