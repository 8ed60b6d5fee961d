//! An admin at work, and a customer in their account, over HTTP.

use app::identity::Role;
use reqwest::{Client, StatusCode, header};
use server::{account, clock::SystemClock, db::Sql, store::Store};

use super::{goods::Stocked, node::Node};

pub const ADMIN: &str = "admin@shop.test";
pub const PASSWORD: &str = "correct horse battery";

/// Signed in at one node; the session is good at every node.
#[derive(Clone)]
pub struct Desk {
    http: Client,
    cookie: String,
}

impl Desk {
    /// Makes the shop's admin, on the command line, and signs in.
    pub async fn open(node: &Node, http: Client) -> Self {
        let made = node.run(&["admin", "create", ADMIN, "--password-stdin"], PASSWORD);
        let said = String::from_utf8_lossy(&made.stderr).into_owned();
        assert!(made.status.success(), "an admin is made: {said}");
        Self::signed_in(node, http, "/api/admin/sign-in", ADMIN).await
    }

    /// Makes a customer behind the nodes' backs, to whom all is theirs that was ordered with this address, and signs
    /// them in.
    pub async fn of_customer(node: &Node, http: Client, db: &Store, email: &str) -> Self {
        let role = Role::Customer;
        account::create(db, &SystemClock, "Holdfast", email, PASSWORD, role)
            .await
            .expect("an account is made");
        let mut tx = db.begin().await.expect("the database takes changes");
        let proven = Sql::new("UPDATE accounts SET verified_at = created_at");
        let proven = proven.execute(&mut *tx).await;
        proven.expect("the address is proven");
        tx.commit().await.expect("the address is proven");
        Self::signed_in(node, http, "/api/account/sign-in", email).await
    }

    async fn signed_in(node: &Node, http: Client, path: &str, email: &str) -> Self {
        let answer = http
            .post(format!("{}{path}", node.base()))
            .header(header::ACCEPT, "application/json")
            .form(&[("email", email), ("password", PASSWORD)])
            .send()
            .await
            .expect("the node answers");
        assert_eq!(answer.status(), StatusCode::OK, "{email} signs in");
        let cookie = answer
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .find(|cookie| cookie.starts_with("holdfast_session="))
            .expect("there is a session")
            .to_owned();
        Self { http, cookie }
    }

    /// What a browser sends with each request.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Sends a form; the status and what was said, or `None` if there was no answer.
    pub async fn send(
        &self,
        node: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Option<(StatusCode, String)> {
        let answer = self
            .http
            .post(format!("{node}{path}"))
            .header(header::ACCEPT, "application/json")
            .header(header::COOKIE, &self.cookie)
            .form(fields)
            .send()
            .await
            .ok()?;
        let status = answer.status();
        Some((status, answer.text().await.ok()?))
    }

    /// Changes a product's title and price in one edit. Returns when the node has acknowledged it.
    pub async fn rewrite(&self, node: &str, product: &Stocked, title: &str, price_minor: i64) {
        let price = in_major_units(price_minor);
        let fields = [
            ("id", product.id.as_str()),
            ("title", title),
            ("variants[0][id]", &product.variant),
            ("variants[0][price]", &price),
        ];
        self.update(node, &fields).await;
    }

    pub async fn set_price(&self, node: &str, product: &Stocked, price_minor: i64) {
        let price = in_major_units(price_minor);
        let fields = [
            ("id", product.id.as_str()),
            ("variants[0][id]", &product.variant),
            ("variants[0][price]", &price),
        ];
        self.update(node, &fields).await;
    }

    pub async fn deactivate(&self, node: &str, product: &Stocked) {
        self.update(node, &[("id", &product.id), ("active", "0")])
            .await;
    }

    async fn update(&self, node: &str, fields: &[(&str, &str)]) {
        let answer = self.send(node, "/api/admin/products/update", fields).await;
        let (status, said) = answer.expect("the edit is answered");
        assert_eq!(status, StatusCode::OK, "{said}");
    }
}

fn in_major_units(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}
