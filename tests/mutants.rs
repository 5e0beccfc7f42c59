//! Wrong variants of printed forms are refused: those made by the audit and a list written by hand.

use std::sync::atomic::AtomicBool;

use twomode::audit::report::State;
use twomode::audit::run;
use twomode::claims::{Limits, Part, ledger};
use twomode::exact::certificate::{Certificate, check, refute};
use twomode::exact::domain::Domain;
use twomode::exact::expression::Expression;
use twomode::exact::{Outcome, Proof, Proposition, Statement};
use twomode::format::parse::expression;
use twomode::laws::assertion::Plan;
use twomode::laws::certificates::{certificate, lemma};
use twomode::search::points::points;

/// Claims for which no mutants are made, each with the reason.
const WITHOUT_MUTANTS: &[(&str, &str)] = &[];

const LIMITS: Limits = Limits { max_2s: 12 };

#[test]
fn every_audited_claim_has_mutants_and_none_survives() {
    let report = run(&Default::default(), LIMITS, &(), &AtomicBool::new(false));
    let audited: Vec<_> = report.claims.iter().filter(|c| c.state == State::Audited).collect();
    assert!(!audited.is_empty());
    for claim in &audited {
        let m = &claim.mutants;
        assert!(m.survivors.is_empty(), "{}: {:?}", claim.id, m.survivors);
        assert_eq!(m.refuted, m.tried, "{}", claim.id);
        let excused = WITHOUT_MUTANTS.iter().any(|(id, _)| *id == claim.id);
        assert_eq!(m.tried == 0, excused, "{}: {} mutants tried", claim.id, m.tried);
    }
    for (id, why) in WITHOUT_MUTANTS {
        assert!(!why.is_empty() && audited.iter().any(|c| c.id == *id), "{id} needs no excuse");
    }
    assert!(!report.claims.iter().any(|c| c.state == State::Attempted), "something audited is undecided");
}

/// The parts of a claim as printed.
fn parts(id: &str) -> Vec<Part> {
    let entry = ledger().into_iter().find(|e| e.id == id).unwrap_or_else(|| panic!("no code for {id}"));
    (entry.state)(LIMITS).printed.parts
}

/// The first statement of a claim that is an equation, with both sides.
fn equation(id: &str) -> (Domain, Expression, Expression) {
    let found = parts(id).into_iter().find_map(|part| match part {
        Part::Exact(assertion) => match assertion.statement.proposition {
            Proposition::Equation { lhs, rhs } => Some((assertion.statement.domain, lhs, rhs)),
            _ => None,
        },
        Part::Fails(_) | Part::Observed(_) => None,
    });
    found.unwrap_or_else(|| panic!("{id} has no equation"))
}

fn lemmas() -> Vec<Proof> {
    ["geometric", "geometric-1", "geometric-2"].map(|name| lemma(name).unwrap()).to_vec()
}

fn e(text: &str) -> Expression {
    expression(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn accepted(statement: &Statement, certificate: &Certificate) -> bool {
    matches!(check(statement, certificate), Outcome::Accepted(_))
}

/// The right side is proved to be the claim's in another writing; each wrong one is refused and refuted.
fn only_the_right_one(id: &str, right: &str, wrong: &[&str], ways: &[Certificate]) {
    let (domain, lhs, rhs) = equation(id);
    let with = |text: &str| Statement::equation(domain.clone(), lhs.clone(), e(text));
    let same = Statement::equation(domain.clone(), rhs, e(right));
    assert!(ways.iter().any(|way| accepted(&same, way)), "{id}: {right} is not what the ledger has");
    for way in ways {
        assert!(accepted(&with(right), way), "{id}: {right} by {way:?}: {:?}", check(&with(right), way));
    }
    for text in wrong {
        assert_ne!(e(text), e(right), "{id}: no mutant");
        let statement = with(text);
        for way in ways {
            assert!(!accepted(&statement, way), "{id}: {text} is accepted");
        }
        let found = points(&domain).iter().any(|p| refute(&statement, p).is_ok());
        assert!(found, "{id}: {text} is not refuted");
    }
}

fn by_lemmas() -> Vec<Certificate> {
    vec![Certificate::Identity { lemmas: lemmas() }, Certificate::Exhaustive { up_to: 5 }]
}

// t = tanh r, M = 2S: e^{-2r} = (1-t)/(1+t), cosh 2r = (1+t²)/(1-t²), f± = t^(2M+2) ± 1.

#[test]
fn hand_made_mutants_of_eq8() {
    only_the_right_one(
        "eq8",
        "-(1-t)/(1+t)*M/2*(t^(2*M+2)-1)*((M+1)*(t^(2*M+2)+1)+(1+t^2)/(1-t^2)*(t^(2*M+2)-1))\
         /(2*((1/(1-t^2)+M/2)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2))^2)",
        &[
            // the sign in front, e^{+2r}, S for S/2, f+ for the first f-, t^{4S} for t^{4S+2}
            "(1-t)/(1+t)*M/2*(t^(2*M+2)-1)*((M+1)*(t^(2*M+2)+1)+(1+t^2)/(1-t^2)*(t^(2*M+2)-1))\
             /(2*((1/(1-t^2)+M/2)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2))^2)",
            "-(1+t)/(1-t)*M/2*(t^(2*M+2)-1)*((M+1)*(t^(2*M+2)+1)+(1+t^2)/(1-t^2)*(t^(2*M+2)-1))\
             /(2*((1/(1-t^2)+M/2)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2))^2)",
            "-(1-t)/(1+t)*M*(t^(2*M+2)-1)*((M+1)*(t^(2*M+2)+1)+(1+t^2)/(1-t^2)*(t^(2*M+2)-1))\
             /(2*((1/(1-t^2)+M/2)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2))^2)",
            "-(1-t)/(1+t)*M/2*(t^(2*M+2)+1)*((M+1)*(t^(2*M+2)+1)+(1+t^2)/(1-t^2)*(t^(2*M+2)-1))\
             /(2*((1/(1-t^2)+M/2)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2))^2)",
            "-(1-t)/(1+t)*M/2*(t^(2*M)-1)*((M+1)*(t^(2*M+2)+1)+(1+t^2)/(1-t^2)*(t^(2*M+2)-1))\
             /(2*((1/(1-t^2)+M/2)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2))^2)",
            // 2S for 2S+1, cosh 2r with the other sign, no square, sinh² for cosh², S+1 for S below
            "-(1-t)/(1+t)*M/2*(t^(2*M+2)-1)*(M*(t^(2*M+2)+1)+(1+t^2)/(1-t^2)*(t^(2*M+2)-1))\
             /(2*((1/(1-t^2)+M/2)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2))^2)",
            "-(1-t)/(1+t)*M/2*(t^(2*M+2)-1)*((M+1)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2)*(t^(2*M+2)-1))\
             /(2*((1/(1-t^2)+M/2)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2))^2)",
            "-(1-t)/(1+t)*M/2*(t^(2*M+2)-1)*((M+1)*(t^(2*M+2)+1)+(1+t^2)/(1-t^2)*(t^(2*M+2)-1))\
             /(2*((1/(1-t^2)+M/2)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2)))",
            "-(1-t)/(1+t)*M/2*(t^(2*M+2)-1)*((M+1)*(t^(2*M+2)+1)+(1+t^2)/(1-t^2)*(t^(2*M+2)-1))\
             /(2*((t^2/(1-t^2)+M/2)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2))^2)",
            "-(1-t)/(1+t)*M/2*(t^(2*M+2)-1)*((M+1)*(t^(2*M+2)+1)+(1+t^2)/(1-t^2)*(t^(2*M+2)-1))\
             /(2*((1/(1-t^2)+M/2+1)*(t^(2*M+2)+1)-(1+t^2)/(1-t^2))^2)",
        ],
        &by_lemmas(),
    );
}

#[test]
fn hand_made_mutants_of_s70a() {
    only_the_right_one(
        "s70a",
        "((t^(2*M+2)+1)*M/2+t^2/(1-t^2)*(t^(2*M)-1))/(t^(2*M+2)-1)",
        &[
            "((t^(2*M+2)-1)*M/2+t^2/(1-t^2)*(t^(2*M)-1))/(t^(2*M+2)-1)",
            "((t^(2*M+2)+1)*M/2-t^2/(1-t^2)*(t^(2*M)-1))/(t^(2*M+2)-1)",
            "((t^(2*M+2)+1)*M+t^2/(1-t^2)*(t^(2*M)-1))/(t^(2*M+2)-1)",
            "((t^(2*M)+1)*M/2+t^2/(1-t^2)*(t^(2*M)-1))/(t^(2*M+2)-1)",
            "((t^(2*M+2)+1)*M/2+t^2/(1-t^2)*(t^(2*M+2)-1))/(t^(2*M+2)-1)",
            "((t^(2*M+2)+1)*M/2+1/(1-t^2)*(t^(2*M)-1))/(t^(2*M+2)-1)",
            "((t^(2*M+2)+1)*M/2+t^2/(1+t^2)*(t^(2*M)-1))/(t^(2*M+2)-1)",
            "((t^(2*M+2)+1)*M/2+t^2/(1-t^2)*(t^(2*M)-1))/(t^(2*M+2)+1)",
            "((t^(2*M+2)+1)*(M+1)/2+t^2/(1-t^2)*(t^(2*M)-1))/(t^(2*M+2)-1)",
            "-((t^(2*M+2)+1)*M/2+t^2/(1-t^2)*(t^(2*M)-1))/(t^(2*M+2)-1)",
        ],
        &by_lemmas(),
    );
}

#[test]
fn hand_made_mutants_of_s36b() {
    only_the_right_one(
        "s36b",
        "n*(n+1)*binomial(2*n,n)",
        &[
            "-n*(n+1)*binomial(2*n,n)",
            "n*(n-1)*binomial(2*n,n)",
            "(n+1)*binomial(2*n,n)",
            "n^2*(n+1)*binomial(2*n,n)",
            "2*n*(n+1)*binomial(2*n,n)",
            "n*(n+1)*binomial(2*n,n-1)",
            "n*(n+1)*binomial(2*n+1,n)",
            "n*(n+1)*binomial(n,n)",
            "n*(n+1)*binomial(2*n,n)^2",
            "n*(n+2)*binomial(2*n,n)",
        ],
        &[certificate(&Plan::Witness("s36b")).unwrap(), Certificate::Exhaustive { up_to: 12 }],
    );
    // The left side, too: bounds, exponent, index, sign.
    for lhs in [
        "sum(m=2..n, (binomial(n,m)+binomial(n,m-1))^2*m*(n+1-m))",
        "sum(m=1..n-1, (binomial(n,m)+binomial(n,m-1))^2*m*(n+1-m))",
        "sum(m=1..n, (binomial(n,m)+binomial(n,m-1))^1*m*(n+1-m))",
        "sum(m=1..n, (binomial(n,m)-binomial(n,m-1))^2*m*(n+1-m))",
        "sum(m=1..n, (binomial(n,m)+binomial(n,m+1))^2*m*(n-m))",
        "sum(m=1..n, (binomial(n,m)+binomial(n,m-1))^2*m*(n-m))",
    ] {
        let wrong = Statement::equation(Domain::sizes("n", 1), e(lhs), e("n*(n+1)*binomial(2*n,n)"));
        for way in [certificate(&Plan::Witness("s36b")).unwrap(), Certificate::Exhaustive { up_to: 12 }] {
            assert!(!accepted(&wrong, &way), "{lhs}");
        }
        assert!(points(&wrong.domain).iter().any(|p| refute(&wrong, p).is_ok()), "{lhs}");
    }
}

#[test]
fn hand_made_mutants_of_s37() {
    only_the_right_one(
        "s37",
        "(binomial(n,m+1)+binomial(n,m))*(m+1)*(n-m)+(binomial(n,m-1)+binomial(n,m))*m*(n+1-m)",
        &[
            "(binomial(n,m+1)-binomial(n,m))*(m+1)*(n-m)+(binomial(n,m-1)+binomial(n,m))*m*(n+1-m)",
            "(binomial(n,m+1)+binomial(n,m))*(m+1)*(n-m)-(binomial(n,m-1)+binomial(n,m))*m*(n+1-m)",
            "(binomial(n,m+1)+binomial(n,m))*m*(n+1-m)+(binomial(n,m-1)+binomial(n,m))*(m+1)*(n-m)",
            "(binomial(n,m)+binomial(n,m))*(m+1)*(n-m)+(binomial(n,m-1)+binomial(n,m))*m*(n+1-m)",
            "(binomial(n,m+1)+binomial(n,m))*(m+1)*(n-m)+(binomial(n,m-2)+binomial(n,m))*m*(n+1-m)",
            "(binomial(n,m+1)+binomial(n,m))*(m+1)*(n+1-m)+(binomial(n,m-1)+binomial(n,m))*m*(n+1-m)",
            "(binomial(n,m+1)+2*binomial(n,m))*(m+1)*(n-m)+(binomial(n,m-1)+binomial(n,m))*m*(n+1-m)",
            "(binomial(n,m+1)+binomial(n,m))*(m+1)*(n-m)+(binomial(n,m-1)+binomial(n,m))*m^2*(n+1-m)",
        ],
        &[Certificate::Identity { lemmas: Vec::new() }, Certificate::Exhaustive { up_to: 8 }],
    );
}

#[test]
fn hand_made_mutants_of_eq4() {
    only_the_right_one(
        "eq4",
        "2*sum(m=0..M, t^(2*m)*o2(m))*(1-t^2)^2/(t^2*(1-t^(2*M+2)))*(1-t)/(1+t)",
        &[
            "-2*sum(m=0..M, t^(2*m)*o2(m))*(1-t^2)^2/(t^2*(1-t^(2*M+2)))*(1-t)/(1+t)",
            "sum(m=0..M, t^(2*m)*o2(m))*(1-t^2)^2/(t^2*(1-t^(2*M+2)))*(1-t)/(1+t)",
            "2*sum(m=0..M, t^(2*m)*o2(m))*(1-t^2)^2/(t^2*(1-t^(2*M+2)))*(1+t)/(1-t)",
            "2*sum(m=0..M, t^(2*m)*o2(m)^2)*(1-t^2)^2/(t^2*(1-t^(2*M+2)))*(1-t)/(1+t)",
            "2*sum(m=0..M, t^(m)*o2(m))*(1-t^2)^2/(t^2*(1-t^(2*M+2)))*(1-t)/(1+t)",
            "2*sum(m=0..M, t^(2*m)*o2(m+1))*(1-t^2)^2/(t^2*(1-t^(2*M+2)))*(1-t)/(1+t)",
            "2*sum(m=2..M, t^(2*m)*o2(m))*(1-t^2)^2/(t^2*(1-t^(2*M+2)))*(1-t)/(1+t)",
            "2*sum(m=0..M-1, t^(2*m)*o2(m))*(1-t^2)^2/(t^2*(1-t^(2*M+2)))*(1-t)/(1+t)",
            "2*sum(m=0..M, t^(2*m)*o2(m))*(1-t^2)^2/(t^2*(1-t^(2*M)))*(1-t)/(1+t)",
            "2*sum(m=0..M, t^(2*m)*o2(m))*(1-t^2)^2/(t^2*(1+t^(2*M+2)))*(1-t)/(1+t)",
            "2*sum(m=0..M, t^(2*m)*o2(m))*(1-t^2)/(t^2*(1-t^(2*M+2)))*(1-t)/(1+t)",
            "2*sum(m=0..M, t^(2*m)*o2(m))*(1-t^2)^2/(t*(1-t^(2*M+2)))*(1-t)/(1+t)",
        ],
        &[Certificate::Identity { lemmas: lemmas() }, Certificate::Exhaustive { up_to: 3 }],
    );
}
