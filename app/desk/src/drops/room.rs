//! The waiting room of a drop: whether there is one, for whom, and how fast.

use app::{
    drops::{
        room::{AdminRoom, MAX_MINUTES, MAX_PER_MINUTE, MIN_MINUTES, RoomBinding, RoomSwitch},
        text::Text,
        types::AdminDrop,
    },
    locale::locale,
    ui::{
        field::{SelectField, TextField, refusal_of},
        form::{Form, PageField},
    },
};
use leptos::prelude::*;

pub const ROOM: &str = "/api/admin/drops/room";

pub fn room(drop: &AdminDrop) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(ROOM);
    let set = &drop.room;
    let switches = RoomSwitch::ALL.map(|switch| {
        let words = match switch {
            RoomSwitch::On => text.room_on(),
            RoomSwitch::Off => text.room_off(),
        };
        (switch.as_str().to_owned(), words.to_owned())
    });
    let bindings = RoomBinding::ALL.map(|binding| {
        let words = match binding {
            RoomBinding::Mailbox => text.bound_mailbox(),
            RoomBinding::Nobody => text.bound_nobody(),
        };
        (binding.as_str().to_owned(), words.to_owned())
    });
    view! {
        <form class="panel stack" action=ROOM method="post">
            <PageField/>
            <h2 class="panel-title">{text.room()}</h2>
            {refusal_of(&form)}
            <input type="hidden" name="id" value=drop.id.clone()/>
            <SelectField
                form=&form
                name="switch"
                label=text.room_switch()
                options=switches.to_vec()
                value=set.switch.as_str()
            />
            <SelectField
                form=&form
                name="binding"
                label=text.room_binding()
                options=bindings.to_vec()
                value=set.binding.as_str()
            />
            <TextField
                form=&form
                name="per_minute"
                label=text.per_minute()
                kind="number"
                value=set.per_minute.to_string()
                hint=text.per_minute_hint()
                min=1
                max=MAX_PER_MINUTE
            />
            <TextField
                form=&form
                name="minutes"
                label=text.room_minutes()
                kind="number"
                value=set.minutes.to_string()
                hint=text.room_minutes_hint()
                min=MIN_MINUTES
                max=MAX_MINUTES
            />
            {counts(set)}
            <div>
                <button class="btn" type="submit">{text.save_room()}</button>
            </div>
        </form>
    }
    .into_any()
}

/// How it goes, once there was one.
fn counts(room: &AdminRoom) -> Option<AnyView> {
    (!room.commitment.is_empty()).then(|| {
        let text = Text::from(locale());
        let number = |count| locale().number(count);
        view! {
            <p>{text.room_counts(&number(room.let_in), &number(room.waiting))}</p>
            <p class="muted">{text.room_hash()} ": " <code>{room.commitment.clone()}</code></p>
        }
        .into_any()
    })
}
