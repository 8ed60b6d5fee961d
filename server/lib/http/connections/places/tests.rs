//! Who gets a place, and who makes room.

use super::*;

fn places(node: usize, network: usize) -> Places {
    Places::new(ConnectionLimits {
        node,
        network,
        ..ConnectionLimits::default()
    })
}

fn address(last: u8) -> IpAddr {
    IpAddr::from([203, 0, 113, last])
}

fn take(places: &Places, last: u8) -> Result<(Place, Admission), Incident> {
    places.take(address(last), &CancellationToken::new())
}

#[test]
fn one_network_cannot_take_the_places_of_others() {
    let places = places(10, 2);
    let (one, _) = take(&places, 1).unwrap();
    let (two, _) = take(&places, 1).unwrap();
    let _work = (one.line.begin(), two.line.begin());
    let refused = take(&places, 1).map(|(_, admission)| admission);
    assert_eq!(refused, Err(Incident::NetworkFull));
    let (_other, admission) = take(&places, 2).unwrap();
    assert_eq!(admission, Admission::Free);
    drop(one);
    assert_eq!(
        take(&places, 1).map(|(_, admission)| admission),
        Ok(Admission::Free)
    );
}

#[test]
fn all_addresses_of_a_household_are_one_network() {
    let places = places(10, 1);
    let closing = CancellationToken::new();
    let first = places.take("2001:db8::1".parse().unwrap(), &closing);
    let (first, _) = first.unwrap();
    let _work = first.line.begin();
    let second = places.take("2001:db8::2".parse().unwrap(), &closing);
    assert!(second.is_err());
    let mapped = places.take("::ffff:203.0.113.1".parse().unwrap(), &closing);
    let (mapped, _) = mapped.unwrap();
    let _work = mapped.line.begin();
    assert!(take(&places, 1).is_err());
}

#[test]
fn who_did_nothing_for_longest_makes_room_and_who_is_at_work_stays() {
    let places = places(3, 3);
    let [(busy, _), (first, _), (second, _)] = [1, 1, 2].map(|n| take(&places, n).unwrap());
    let _work = busy.line.begin();
    // The first one has just been answered.
    first.line.quiet_since.store(2, Relaxed);
    second.line.quiet_since.store(1, Relaxed);
    let (third, admission) = take(&places, 3).unwrap();
    third.line.quiet_since.store(3, Relaxed);
    assert_eq!(admission, Admission::Evicting);
    assert!(second.leave.is_cancelled());
    let (_fourth, admission) = take(&places, 4).unwrap();
    assert_eq!(admission, Admission::Evicting);
    assert!(first.leave.is_cancelled() && !busy.leave.is_cancelled());
    // Those who left give nothing back that they do not have any more.
    drop((first, second));
    assert_eq!(lock(&places.taken).total, 3);
}

#[test]
fn who_is_sent_no_file_leaves_room_for_others() {
    let places = Places::new(ConnectionLimits {
        node: 10,
        network: 10,
        files: 4,
        ..ConnectionLimits::default()
    });
    let refused = || take(&places, 3).map(|(_, admission)| admission);
    let (one, _) = take(&places, 1).unwrap();
    let (two, _) = take(&places, 2).unwrap();
    let _work = (one.line.begin(), two.line.begin());
    assert_eq!(refused(), Err(Incident::NodeFull));
    let first = one.held().without_files();
    assert_eq!(refused(), Err(Incident::NodeFull), "one file is no place");
    let second = two.held().without_files();
    assert_eq!(refused(), Ok(Admission::Free));
    drop(first);
    assert_eq!(refused(), Err(Incident::NodeFull), "it may be sent a file");
    drop((one, second, two));
    let taken = lock(&places.taken);
    assert_eq!((taken.total, taken.files), (0, 0));
}

#[test]
fn a_node_with_nobody_idle_refuses() {
    let places = places(1, 1);
    let (only, _) = take(&places, 1).unwrap();
    let work = only.line.begin();
    let refused = take(&places, 2).map(|(_, admission)| admission);
    assert_eq!(refused, Err(Incident::NodeFull));
    drop(work);
    assert_eq!(
        take(&places, 2).map(|(_, admission)| admission),
        Ok(Admission::Evicting)
    );
}
