//! Saved views: whose they are, how many there may be, and what becomes of them.

use app::{error::ErrorKind, identity::Role};
use desk::admin::views::{
    ports::NewView,
    types::{Audience, SavedView, ViewList},
};

use crate::support::{ADMIN, Goods, STAFF, TestShop, cash, on_both_databases};

on_both_databases!(
    a_view_keeps_filter_and_order_for_its_owner,
    shared_views_are_seen_by_all_and_changed_by_admins,
    own_views_come_before_however_many_are_shared,
    an_account_has_so_many_views_and_each_name_once,
    of_two_who_rename_the_second_is_told,
    a_view_is_saved_renamed_and_deleted_without_script,
    views_are_exported_and_go_with_their_account,
    a_list_shows_the_columns_of_its_address_and_a_view_keeps_them,
);

fn view(list: ViewList, name: &str, query: &str) -> NewView {
    NewView {
        list: list.as_str().to_owned(),
        name: name.to_owned(),
        query: query.to_owned(),
        audience: Audience::Own,
    }
}

fn names(views: &[SavedView]) -> Vec<&str> {
    views.iter().map(|view| view.name.as_str()).collect()
}

async fn a_view_keeps_filter_and_order_for_its_owner(shop: TestShop) {
    let (admin, staff) = (shop.admin().await, shop.account(STAFF, Role::Staff).await);
    let views = &shop.shop().views;
    let query = "stock=low&sort=title&after=x&page=3";
    let low = view(ViewList::Products, " Low ", query);
    let saved = views.save(&staff, low).await.unwrap();
    assert_eq!(
        (saved.name.as_str(), saved.query.as_str()),
        ("Low", "stock=low&sort=title")
    );
    let own = views.of(&staff, ViewList::Products).await.unwrap();
    assert_eq!(own, [saved]);
    assert!(views.of(&staff, ViewList::Orders).await.unwrap().is_empty());
    let others = views.of(&admin, ViewList::Products).await.unwrap();
    assert!(others.is_empty());
    let strange = NewView {
        list: "settings".to_owned(),
        ..view(ViewList::Products, "All", "")
    };
    let refused = views.save(&staff, strange).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::NotFound);
    let long = format!("q={}", "x".repeat(1000));
    for (name, query) in [("", "q=a"), ("a\u{202e}b", "q=a"), ("Long", long.as_str())] {
        let refused = views.save(&staff, view(ViewList::Orders, name, query));
        assert_eq!(
            refused.await.unwrap_err().kind,
            ErrorKind::Invalid,
            "{name:?}"
        );
    }
}

async fn shared_views_are_seen_by_all_and_changed_by_admins(shop: TestShop) {
    let (admin, staff) = (shop.admin().await, shop.account(STAFF, Role::Staff).await);
    let other = shop.account("second@shop.test", Role::Admin).await;
    let views = &shop.shop().views;
    let shared = NewView {
        audience: Audience::Shared,
        ..view(ViewList::Orders, "To pack", "status=paid")
    };
    let shared = views.save(&admin, shared).await.unwrap();
    views
        .save(&staff, view(ViewList::Orders, "Mine", "status=packed"))
        .await
        .unwrap();
    let seen = views.of(&staff, ViewList::Orders).await.unwrap();
    assert_eq!(names(&seen), ["Mine", "To pack"]);
    assert_eq!([seen[0].is_theirs, seen[1].is_theirs], [true, false]);
    let refused = views.rename(&staff, &shared.id, "1", "Theirs").await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::NotFound);
    let refused = views.delete(&other, &seen[0].id, "1").await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::NotFound);
    let renamed = views.rename(&other, &shared.id, "1", "To do").await;
    assert_eq!(renamed.unwrap().version, 2);
    views.delete(&other, &shared.id, "2").await.unwrap();
    let left = views.of(&staff, ViewList::Orders).await.unwrap();
    assert_eq!(names(&left), ["Mine"]);
}

async fn own_views_come_before_however_many_are_shared(shop: TestShop) {
    let (admin, staff) = (shop.admin().await, shop.account(STAFF, Role::Staff).await);
    let views = &shop.shop().views;
    views
        .save(&staff, view(ViewList::Orders, "Zulu", "status=packed"))
        .await
        .unwrap();
    shop.execute(&format!(
        "INSERT INTO saved_views (id, account_id, list, name, name_key, query, shared, version, \
         created_at) SELECT 'shared' || n.value, '{}', 'orders', 'All ' || n.value, \
         'all ' || n.value, 'status=paid', 1, 1, 0 FROM \
         (WITH RECURSIVE c(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM c WHERE value < 80) \
          SELECT value FROM c) n",
        admin.id
    ))
    .await;
    let seen = views.of(&staff, ViewList::Orders).await.unwrap();
    assert_eq!((seen.len(), seen[0].name.as_str()), (60, "Zulu"));
}

async fn an_account_has_so_many_views_and_each_name_once(shop: TestShop) {
    let staff = shop.account(STAFF, Role::Staff).await;
    let views = &shop.shop().views;
    for n in 0..19 {
        let query = format!("q={n}");
        let saved = views.save(
            &staff,
            view(ViewList::Products, &format!("View {n}"), &query),
        );
        saved.await.unwrap();
    }
    let twice = views.save(&staff, view(ViewList::Products, "VIEW 3", "q=x"));
    assert_eq!(twice.await.unwrap_err().fields[0].field, "name");
    let saving = (0..4).map(|n| {
        let (node, staff) = (shop.second_node(), staff.clone());
        tokio::spawn(async move {
            let new = view(ViewList::Customers, &format!("Last {n}"), "list=accounts");
            node.shop().views.save(&staff, new).await.is_ok()
        })
    });
    let mut saved = 0;
    for done in saving.collect::<Vec<_>>() {
        saved += i64::from(done.await.unwrap());
    }
    assert_eq!(saved, 1);
    let kept = "SELECT COUNT(*) AS n FROM saved_views";
    assert_eq!(shop.number(kept).await, 20);
}

async fn of_two_who_rename_the_second_is_told(shop: TestShop) {
    let staff = shop.account(STAFF, Role::Staff).await;
    let views = &shop.shop().views;
    let saved = views
        .save(&staff, view(ViewList::Products, "Low", "stock=low"))
        .await
        .unwrap();
    let renamed = views.rename(&staff, &saved.id, "1", "Nearly gone").await;
    assert_eq!(renamed.unwrap().version, 2);
    for version in ["1", "", "x"] {
        let refused = views.rename(&staff, &saved.id, version, "Few").await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict, "{version}");
        let refused = views.delete(&staff, &saved.id, version).await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict, "{version}");
    }
    let own = views.of(&staff, ViewList::Products).await.unwrap();
    assert_eq!(names(&own), ["Nearly gone"]);
}

async fn a_view_is_saved_renamed_and_deleted_without_script(shop: TestShop) {
    let staff = shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(STAFF).await.expect(200);
    let here = "/admin/orders?status=paid";
    let page = browser.page(here).await.expect(200).body;
    assert!(page.contains("Save view…") && page.contains("value=\"status=paid\""));
    assert!(
        !page.contains("Show it to all staff"),
        "that is the admins'"
    );
    let all = browser.page("/admin/orders").await.expect(200).body;
    assert!(!all.contains("Save view…"), "there is nothing to be kept");
    let fields = [
        ("page", here),
        ("list", "orders"),
        ("query", "status=paid"),
        ("name", " "),
    ];
    let refused = browser.submit("/api/admin/views/save", &fields).await;
    assert!(refused.refused().body.contains("id=\"name-error\""));
    let mut named = fields;
    named[3] = ("name", "To pack");
    let saved = browser.submit("/api/admin/views/save", &named).await;
    let saved = saved.expect(303);
    assert_eq!(saved.location(), "/admin/orders?status=paid&view=saved");
    let page = browser.page(saved.location()).await.expect(200).body;
    for told in ["View saved.", "To pack", "Change view…"] {
        assert!(page.contains(told), "{told}");
    }
    let own = shop
        .shop()
        .views
        .of(&staff, ViewList::Orders)
        .await
        .unwrap();
    let id = own[0].id.clone();
    let rename = [("id", id.as_str()), ("version", "1"), ("name", "Packing")];
    let renamed = browser.submit("/api/admin/views/rename", &rename).await;
    assert_eq!(
        renamed.expect(303).location(),
        "/admin/orders?status=paid&view=renamed"
    );
    let delete = [("id", id.as_str()), ("version", "2")];
    browser
        .submit("/api/admin/views/delete", &delete)
        .await
        .expect(303);
    let shared = [
        ("list", "orders"),
        ("query", "status=paid"),
        ("name", "All"),
        ("shared", "1"),
    ];
    browser
        .call("/api/admin/views/save", &shared)
        .await
        .expect(404);
}

async fn views_are_exported_and_go_with_their_account(shop: TestShop) {
    const KIM: &str = "kim@example.com";
    let (admin, staff) = (shop.admin().await, shop.account(STAFF, Role::Staff).await);
    let kim = shop.account(KIM, Role::Customer).await;
    let (views, customers) = (&shop.shop().views, &shop.shop().customers);
    for (account, name, query) in [
        (&staff, "To pack", "status=paid"),
        (&admin, "Of Kim", "customer=Kim%40example.com"),
        (&admin, "Disputed", "money=disputed"),
    ] {
        let saved = views.save(account, view(ViewList::Orders, name, query));
        saved.await.unwrap();
    }
    let text = customers.export(&admin, &staff.id).await.unwrap();
    let exported: serde_json::Value = serde_json::from_str(&text).unwrap();
    let kept = serde_json::json!([
        { "list": "orders", "name": "To pack", "query": "status=paid", "shared": false },
    ]);
    assert_eq!(exported["admin::views"], kept);
    // What someone was searched by is theirs.
    customers.erase(&admin, &kim.id, KIM).await.unwrap();
    let left = views.of(&admin, ViewList::Orders).await.unwrap();
    assert_eq!(names(&left), ["Disputed"]);
    shop.execute("UPDATE accounts SET role = 'customer' WHERE email = 'staff@shop.test'")
        .await;
    customers.erase(&admin, &staff.id, STAFF).await.unwrap();
    assert!(views.of(&staff, ViewList::Orders).await.unwrap().is_empty());
}

/// The heads of the table's columns.
fn heads(page: &str) -> Vec<&str> {
    let (_, head) = page.split_once("<thead").expect("a table");
    let (head, _) = head.split_once("</thead>").expect("its head");
    [
        "Status", "Stock", "Price", "Category", "Date", "Customer", "Units", "Total",
    ]
    .into_iter()
    .filter(|title| head.contains(title))
    .collect()
}

async fn a_list_shows_the_columns_of_its_address_and_a_view_keeps_them(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.admin().await;
    let site = shop.open().await;
    let desk = site.browser();
    desk.sign_in(ADMIN).await.expect(200);
    for (list, whole, some, shown) in [
        (
            "/admin/products",
            vec!["Status", "Stock", "Price", "Category"],
            "column=stock&column=price",
            ["Stock", "Price"],
        ),
        (
            "/admin/orders",
            vec!["Status", "Date", "Customer", "Units", "Total"],
            "column=status&column=total",
            ["Status", "Total"],
        ),
    ] {
        let page = desk.page(list).await.expect(200).body;
        assert_eq!(heads(&page), whole, "{list}");
        let page = desk.page(&format!("{list}?column=nonsense")).await;
        assert_eq!(heads(&page.expect(200).body), whole, "{list}");
        let page = desk.page(&format!("{list}?{some}")).await.expect(200).body;
        assert_eq!(heads(&page), shown, "{list}");
        // Whatever is pressed next keeps them.
        let kept = some.replace('&', "&amp;");
        assert!(page.matches(&kept).count() > 2, "{list}: {page}");

        let name = list.trim_start_matches("/admin/");
        let fields = [("list", name), ("name", "Short"), ("query", some)];
        let saved = desk.submit("/api/admin/views/save", &fields).await;
        let location = saved.expect(303).location().to_owned();
        let page = desk.page(&location).await.expect(200).body;
        assert_eq!(heads(&page), shown, "{list}");
        let tab = format!("href=\"{list}?{kept}\" aria-current=\"page\"");
        assert!(page.contains(&tab), "{tab}: {page}");
    }
}
