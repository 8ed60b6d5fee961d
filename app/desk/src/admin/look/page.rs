//! `/admin/look`: the look's form, with what it would make of the shop. Without script a button shows
//! it; with script it follows every choice.

use app::{
    error::ShopError,
    identity::Role,
    locale::{href, locale},
    look::{
        Look,
        types::{Corners, Font, STANDARD},
    },
    ui::{
        banner::{Banner, Heard, Tone, good_news},
        date::time,
        field::{CheckField, Need, RefusalBanner, SelectField, TextField, error_line},
        form::{Form, PageField},
        icon::Icon,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    pictures::pictures_section,
    ports::{HERE, LookForm, LookView, OWN, look_admin},
    preview::preview,
    text::Text,
};
use crate::admin::frame::{Section, admin_page};

/// Where the form goes.
pub const SAVE: &str = "/api/admin/look/save";

#[component]
pub fn AdminLookPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let is_saved = query.get_str("saved") == Some("1");
    let (form, upload) = (Form::of(SAVE), Form::of(super::pictures::UPLOAD));
    let is_draft = query.get_str("accent").is_some();
    let drafted = match (form.was_refused(), is_draft) {
        (true, _) => Some(LookForm::read(|name| form.value(name, ""))),
        (false, true) => Some(LookForm::read(|name| query.get(name).unwrap_or_default())),
        (false, false) => None,
    };
    let port = look_admin();
    let data = async move {
        let stored = port.look().await?;
        let drafted = drafted.unwrap_or_else(|| LookForm::of(&stored.look, stored.version));
        let (look, _) = port.draft(&drafted).await?;
        Ok::<_, ShopError>((stored, drafted, look))
    };
    admin_page(Role::Admin, data, move |_, (stored, drafted, look)| {
        let page = LookPage {
            form,
            upload,
            stored,
            drafted,
            look,
        };
        let content = page.view(is_saved);
        Section::Look.page(Text::from(locale()).look(), content)
    })
}

struct LookPage {
    /// What saving refused.
    form: Form,
    /// What uploading refused.
    upload: Form,
    stored: LookView,
    /// The form as it is shown.
    drafted: LookForm,
    /// What it would make of the shop.
    look: Look,
}

impl LookPage {
    /// That of the draft, which an upload brings along; the stored one for a fresh form, or after a conflict.
    fn version(&self) -> String {
        match self.form.is_overtaken() || self.drafted.version.is_empty() {
            true => self.stored.version.to_string(),
            false => self.drafted.version.clone(),
        }
    }

    fn message(&self, is_saved: bool) -> AnyView {
        let text = Text::from(locale());
        if self.form.is_overtaken() {
            return overtaken();
        }
        let refusal = self.form.refusal().or_else(|| self.upload.refusal());
        if let Some(error) = refusal {
            return view! { <RefusalBanner error/> }.into_any();
        }
        if is_saved {
            return good_news(text.look_saved());
        }
        match self.look == self.stored.look {
            true => ().into_any(),
            false => view! {
                <Banner tone=Tone::Neutral sign=Icon::Info heard=Heard::Soon>
                    <p>{text.not_saved_yet()}</p>
                </Banner>
            }
            .into_any(),
        }
    }

    fn view(&self, is_saved: bool) -> AnyView {
        let text = Text::from(locale());
        let changed = self.stored.changed.as_ref().map(|change| {
            view! {
                <p class="muted">
                    {text.last_changed()} " " {time(change.at)} " "
                    {text.last_changed_by(&change.by)}
                </p>
            }
        });
        let drafted = LookForm {
            version: self.version(),
            ..self.drafted.clone()
        };
        view! {
            <div class="admin-head">
                <h1 class="admin-title">{text.look()}</h1>
            </div>
            <div class="stack">
                {self.message(is_saved)} {preview(&self.look)}
                <form action=href(SAVE) method="post" novalidate data-guard id="look">
                    <PageField/>
                    <input type="hidden" name="version" value=drafted.version.clone()/>
                    <section class="panel" aria-labelledby="look-choices">
                        <h2 class="panel-title" id="look-choices">{text.look()}</h2>
                        <div class="form-grid">
                            {self.accent()} {self.corners()} {self.font()} {self.removals()}
                        </div>
                    </section>
                    <div class="save-bar">
                        {changed}
                        <span class="muted">{text.preview_hint()}</span>
                        <a class="btn-text" href=href(HERE)>{text.discard()}</a>
                        <button
                            class="btn"
                            type="submit"
                            formaction=href(HERE)
                            formmethod="get"
                            data-preview
                        >
                            {text.preview()}
                        </button>
                        <button class="btn btn-primary" type="submit">{text.save_look()}</button>
                    </div>
                </form>
                {pictures_section(&self.look, &drafted, &self.upload, &self.form)}
            </div>
            <script type="module" src="/admin-assets/look.js"></script>
        }
        .into_any()
    }

    fn accent(&self) -> AnyView {
        let text = Text::from(locale());
        let is_own = self.drafted.accent == OWN;
        let choice = |value: &'static str, words: &'static str, checked: bool| {
            view! {
                <label class="check">
                    <input type="radio" name="accent" value=value checked=checked/>
                    <span>{words}</span>
                </label>
            }
        };
        let described = self.form.error("accent").map(|_| "accent-error");
        view! {
            <fieldset class="field" id="accent" aria-describedby=described>
                <legend class="field-label">{text.accent()}</legend>
                {choice(STANDARD, text.accent_standard(), !is_own)}
                {choice(OWN, text.accent_own(), is_own)}
                <p class="field-hint">{text.accent_hint()}</p>
                {error_line("accent", self.form.error("accent"))}
            </fieldset>
            <div class="field look-hue">
                <input
                    class="needs-js look-range"
                    id="hue-range"
                    type="range"
                    min="0"
                    max="359"
                    value=self.drafted.hue.clone()
                    aria-label=text.hue()
                />
                <TextField
                    name="hue"
                    label=text.hue()
                    kind="number"
                    need=Need::Unmarked
                    min=0
                    max=359
                    autocomplete="off"
                    value=self.drafted.hue.clone()
                    error=self.form.error("hue")
                    hint=text.hue_hint()
                />
            </div>
        }
        .into_any()
    }

    fn corners(&self) -> AnyView {
        let text = Text::from(locale());
        let words = |corners: Corners| match corners {
            Corners::Square => text.corners_square(),
            Corners::Slight => text.corners_slight(),
            Corners::Rounded => text.corners_rounded(),
            Corners::Round => text.corners_round(),
        };
        let options = Corners::ALL.map(|one| (one.as_str().to_owned(), words(one).to_owned()));
        self.choice(
            "corners",
            text.corners(),
            options.to_vec(),
            self.look.corners.as_str(),
        )
    }

    fn font(&self) -> AnyView {
        let text = Text::from(locale());
        let words = |font: Font| match font {
            Font::System => text.font_system(),
            Font::Inter => text.font_inter(),
            Font::Outfit => text.font_outfit(),
            Font::Literata => text.font_literata(),
            Font::Fraunces => text.font_fraunces(),
        };
        let options = Font::ALL.map(|one| (one.as_str().to_owned(), words(one).to_owned()));
        self.choice(
            "font",
            text.font(),
            options.to_vec(),
            self.look.font.as_str(),
        )
    }

    fn choice(
        &self,
        name: &'static str,
        label: &'static str,
        options: Vec<(String, String)>,
        value: &'static str,
    ) -> AnyView {
        view! {
            <SelectField
                name=name
                label=label
                class="col-half"
                options=options
                value=value
                error=self.form.error(name)
            />
        }
        .into_any()
    }

    /// The pictures that the look has, and boxes to take them away.
    fn removals(&self) -> AnyView {
        let text = Text::from(locale());
        let drafted = &self.drafted;
        let rows = [
            ("logo", &drafted.logo, "remove_logo", text.remove_logo()),
            (
                "logo_dark",
                &drafted.logo_dark,
                "remove_logo_dark",
                text.remove_logo_dark(),
            ),
            ("icon", &drafted.icon, "remove_icon", text.remove_icon()),
        ];
        rows.into_iter()
            .filter(|(_, id, ..)| !id.is_empty())
            .map(|(name, id, remove, words)| {
                let fields = drafted.fields();
                let is_removed = fields.iter().any(|(field, _)| *field == remove);
                view! {
                    <input type="hidden" name=name value=id.clone()/>
                    <CheckField name=remove label=words checked=is_removed/>
                }
            })
            .collect_view()
            .into_any()
    }
}

fn overtaken() -> AnyView {
    let text = Text::from(locale());
    view! {
        <Banner
            tone=Tone::Bad
            sign=Icon::Alert
            heard=Heard::First
            title=text.changed_meanwhile()
        >
            <p>{text.changed_meanwhile_advice()}</p>
        </Banner>
    }
    .into_any()
}
