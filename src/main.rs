//! The command line.
fn main() {
    let stop = std::sync::atomic::AtomicBool::new(false);
    let t = std::time::Instant::now();
    let r = twomode::audit::run(&Default::default(), twomode::claims::Limits { max_2s: 100 }, &(), &stop);
    for c in r.claims.iter().filter(|c| c.state != twomode::audit::report::State::NotAudited) {
        println!(
            "{} {:?} {:?} {:?} {:.2}s mut {}/{}",
            c.id, c.finding, c.grade, c.scope, c.seconds, c.mutants.refuted, c.mutants.tried
        );
        println!("   also {:?}", c.also.iter().map(|g| format!("{} [{}]", g.grade, g.scope)).collect::<Vec<_>>());
        println!("   relies {:?} values {:?}", c.relies_on, c.values);
        if let Some(p) = &c.printed {
            if let Some(w) = &p.witness {
                println!("   witness {w}")
            }
        }
        if c.finding == twomode::audit::report::Finding::Undecided {
            println!("   REASON {:?}", c.reason)
        }
        for s in &c.mutants.survivors {
            println!("   survivor {s}")
        }
    }
    println!("{:?} {:?}", r.summary, t.elapsed());
}
