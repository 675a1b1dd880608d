use serde_json::json;

use crate::testing::{DAY_MS, NOW_MS, Phone, World, call, id, visit};

const CUSTOMERS: [&str; 3] = ["C1", "C2", "C3"];
const STEPS: u128 = 60;

/// A small generator, so that a failing seed can be run again (Steele, Lea, Flood 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[usize::try_from(self.below(among.len() as u64)).unwrap()]
    }
}

/// One thing that happens: to a phone, or at the office. A refusal is as good as anything.
fn happen(world: &World, dice: &mut Dice, phone: &mut Phone, step: u128) {
    let customer = world.customer(dice.pick(&CUSTOMERS));
    let earlier = id(u128::from(dice.below(u64::try_from(step).unwrap() + 1)));
    let change = match dice.below(6) {
        0 => phone.create("call", id(step), call(id(step), phone.rep(), customer)),
        1 => phone.create("visit", id(step), visit(id(step), phone.rep(), customer, NOW_MS)),
        2 => phone.patch("visit", earlier, json!({ "customer": customer })),
        3 => phone.delete("call", earlier),
        4 => phone.patch("customer", customer, json!({ "note": format!("step {step}") })),
        _ => {
            let line = (dice.pick(&CUSTOMERS), dice.pick(&["R1", "R2"]), dice.pick(&["", "2026-11-22", "2026-11-24"]));
            return world.assign(&format!("{},{},2026-01-01,{}\n", line.0, line.1, line.2));
        }
    };
    let limit = u32::try_from(dice.below(12)).unwrap();
    phone.page(world, vec![change], limit);
}

/// Phones that pull a little here and there end with what a new phone of the same rep gets at once.
fn run(seed: u64) {
    let world = World::new();
    let mut dice = Dice(seed);
    let mut phones = [world.phone("ayse", 1), world.phone("mehmet", 2), world.phone("ayse", 3)];
    for step in 1..=STEPS {
        let which = usize::try_from(dice.below(3)).unwrap();
        happen(&world, &mut dice, &mut phones[which], step);
        if dice.below(30) == 0 {
            world.host.pass(DAY_MS);
        }
    }
    for (phone, login) in phones.iter_mut().zip(["ayse", "mehmet", "ayse"]) {
        phone.pull(&world, 1 + u32::try_from(dice.below(9)).unwrap());
        let mut fresh = world.phone(login, 9 + u128::from(login == "ayse"));
        fresh.pull(&world, 500);
        assert_eq!(phone.rows, fresh.rows, "seed {seed}, {login}");
    }
}

#[test]
fn phones_that_went_through_anything_hold_what_a_new_phone_gets() {
    (0..12).for_each(run);
}
