//! The list of routes, kept beside the router so that a test can probe each one.

use crate::shell::{TakesFiles, Web};
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::routing::{get, post};
use axum::{Extension, Router};

/// Routes with the list of their methods and patterns.
#[derive(Default)]
pub struct Routes {
    router: Router<Web>,
    list: Vec<(&'static str, &'static str)>,
}

impl Routes {
    /// Starts without routes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page.
    #[must_use]
    pub fn get<H: Handler<T, Web>, T: 'static>(mut self, pattern: &'static str, handler: H) -> Self {
        self.router = self.router.route(pattern, get(handler));
        self.list.push(("GET", pattern));
        self
    }

    /// Adds an action.
    #[must_use]
    pub fn post<H: Handler<T, Web>, T: 'static>(mut self, pattern: &'static str, handler: H) -> Self {
        self.router = self.router.route(pattern, post(handler));
        self.list.push(("POST", pattern));
        self
    }

    /// Adds an action that takes files.
    #[must_use]
    pub fn upload<H: Handler<T, Web>, T: 'static>(mut self, pattern: &'static str, handler: H) -> Self {
        let route = post(handler).layer(Extension(TakesFiles));
        self.router = self.router.route(pattern, route);
        self.list.push(("POST", pattern));
        self
    }

    /// Adds an action that takes a file of any size, which it reads as it comes and bounds itself.
    #[must_use]
    pub fn stream<H: Handler<T, Web>, T: 'static>(mut self, pattern: &'static str, handler: H) -> Self {
        let route = post(handler).layer(DefaultBodyLimit::disable());
        self.router = self.router.route(pattern, route);
        self.list.push(("POST", pattern));
        self
    }

    /// Adds the routes of another part.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.list.extend(other.list);
        self
    }

    /// Gives every method and pattern.
    #[must_use]
    pub fn list(&self) -> &[(&'static str, &'static str)] {
        &self.list
    }

    pub(crate) fn into_router(self) -> Router<Web> {
        self.router
    }
}
