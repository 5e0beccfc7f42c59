//! The kernel refuses what is wrong: one wrong thing per file of `tests/corpus`, and every committed certificate with one
//! place changed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use twomode::claims::{Limits, Part, ledger};
use twomode::exact::algebra::Operator;
use twomode::exact::certificate::{Certificate, check};
use twomode::exact::domain::Domain;
use twomode::exact::evaluate::{Algebraic, evaluate};
use twomode::exact::expression::{Expression, Linear, Series, Symbol, Upper};
use twomode::exact::ket::Ket;
use twomode::exact::number::rational;
use twomode::exact::sample::Sample;
use twomode::exact::{Grade, Outcome, Proposition, Statement};
use twomode::format::certificate::{Certified, LARGEST, TextError, read};
use twomode::format::parse::expression;
use twomode::laws::certificates::{COMMITTED, committed, lemma};

fn file(folder: &str, name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(format!("{name}.cert"));
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path:?}: {why}"))
}

fn names(folder: &str) -> BTreeSet<String> {
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    files.map(|f| f.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

fn e(text: &str) -> Expression {
    expression(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn accepted(c: &Certified) -> bool {
    matches!(check(&c.statement, &c.certificate), Outcome::Accepted(_))
}

#[test]
fn committed_certificates_are_accepted() {
    let folder = "proofs/certificates";
    let compiled: BTreeSet<String> = COMMITTED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(folder), compiled, "every file is compiled in, and nothing else");
    for name in names(folder) {
        let text = file(folder, &name);
        assert!(text.starts_with("# "), "{name} says what it proves");
        let certified = read(&text).unwrap();
        match check(&certified.statement, &certified.certificate) {
            Outcome::Accepted(proof) => {
                assert_eq!(proof.statement(), &certified.statement, "{name}");
                assert_eq!((proof.grade(), proof.up_to()), (Grade::Certificate, None), "{name}");
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}

// ---- texts that are not certificates ----

/// What `TextError` a file gives, as `variant: detail`.
fn error(text: &str) -> String {
    match read(text) {
        Ok(_) => "none".to_owned(),
        Err(why) => {
            assert!(!why.to_string().is_empty());
            match why {
                TextError::TooLarge(n) => format!("TooLarge: {n}"),
                TextError::NotAKey(line, text) => format!("NotAKey: {line} {text}"),
                TextError::UnknownKey(line, key) => format!("UnknownKey: {line} {key}"),
                TextError::Repeated(line, key) => format!("Repeated: {line} {key}"),
                TextError::Missing(key) => format!("Missing: {key}"),
                TextError::Version(v) => format!("Version: {v}"),
                TextError::Kind(kind) => format!("Kind: {kind}"),
                TextError::Value(key, _, why) => format!("Value: {key} {why}"),
            }
        }
    }
}

const TEXTS: &[(&str, &str)] = &[
    ("text-not-a-key", "NotAKey: 2 kind identity"),
    ("text-unknown-key", "UnknownKey: 3 antiderivative"),
    ("text-repeated", "Repeated: 3 kind"),
    ("text-missing-version", "Missing: twomode-certificate"),
    ("text-missing-kind", "Missing: kind"),
    ("text-missing-identity", "Missing: identity"),
    ("text-missing-antidifference", "Missing: antidifference"),
    ("text-missing-multiplier", "Missing: multiplier"),
    ("text-version", "Version: 2"),
    ("text-kind", "Kind: exhaustive"),
    ("text-no-equation", "Value: identity expected `left side == right side`"),
    ("text-size-without-bound", "Value: size expected `NAME >= INTEGER`"),
    ("text-size-negative", "Value: size expected `NAME >= INTEGER`"),
    ("text-size-no-name", "Value: size expected `NAME >= INTEGER`"),
    ("text-unit-no-name", "Value: unit expected a name"),
    ("text-real-reserved", "Value: real expected a name"),
    ("text-ladder-empty", "Value: ladder expected a name"),
    ("text-identity-open-bracket", "Value: identity at column 3: expected `)`"),
    ("text-identity-no-right-side", "Value: identity at column 1: expected a number, a name or `(`"),
    ("text-index-reserved", "Value: identity at column 5: expected a name that has no other meaning"),
    ("text-exponent-too-large", "Value: identity at column 3: expected an integer up to 1000000"),
    ("text-linear-too-large", "Value: identity at column 18: expected integers up to 1000000"),
    ("text-too-deep", "Value: identity at column 202: expected fewer nested brackets"),
    ("text-antidifference", "Value: antidifference at column 9: expected a number, a name or `(`"),
];

#[test]
fn texts_that_are_no_certificates() {
    for (name, expected) in TEXTS {
        assert_eq!(error(&file("tests/corpus", name)), *expected, "{name}");
    }
    assert_eq!(error(&"#".repeat(LARGEST + 1)), format!("TooLarge: {}", LARGEST + 1));
    assert_eq!(error(&"#".repeat(LARGEST)), "Missing: twomode-certificate");
    for odd in ["", "\0", "\u{feff}twomode-certificate: 1", "twomode-certificate: 1\r\nkind\u{a0}: identity"] {
        assert_ne!(error(odd), "none", "{odd:?}");
    }
}

// ---- certificates that prove nothing ----

enum No {
    Rejected,
    Declined,
}
use No::{Declined, Rejected};

/// The file, the outcome and a phrase of its reason.
const REFUSED: &[(&str, No, &str)] = &[
    ("rejected-identity", Rejected, "the normal forms of (x+1)^(2) and x^(2)+x+1 differ"),
    ("rejected-sign", Rejected, "the normal forms of"),
    ("rejected-imaginary", Rejected, "the normal forms of i^(2) and 1 differ"),
    ("rejected-last-term", Rejected, "the normal forms of"),
    ("rejected-antidifference", Rejected, "and t^(2*m) differ"),
    ("rejected-sum-value", Rejected, "and M*(M+1) differ"),
    ("rejected-infinite-value", Rejected, "and t^(2)/(1-t^(2)) differ"),
    ("rejected-first-sum", Rejected, "the first sum, at n = 0, differs"),
    ("rejected-multiplier", Rejected, "and 0 differ"),
    ("rejected-wz-ends", Rejected, "and 0 differ"),
    ("declined-undeclared", Declined, "the symbol x is not declared"),
    ("declined-undeclared-sequence", Declined, "the sequence o2 is not declared"),
    ("declined-declared-twice", Declined, "M is declared twice"),
    ("declined-real-exponent", Declined, "x is not an integer variable"),
    ("declined-index-is-the-size", Declined, "the summation index M is the size or a real variable"),
    ("declined-witness-names-more", Declined, "the symbol q is not declared"),
    ("declined-denominator", Declined, "a denominator of (M-2)/(M-2) may vanish on the domain"),
    ("declined-zero-denominator", Declined, "the denominator M-M is zero"),
    ("declined-sign-denominator", Declined, "may vanish on the domain"),
    ("declined-elementary", Declined, "exp has no normal form"),
    ("declined-base", Declined, "the base x of a symbolic power"),
    ("declined-nested-sums", Declined, "sums inside sums have no normal form"),
    ("declined-empty-sum", Declined, "the sum from 3 to M may be empty by more than one term"),
    ("declined-divergent", Declined, "may diverge"),
    ("declined-divergent-sequence", Declined, "may diverge"),
    ("declined-divergent-antidifference", Declined, "does not evidently tend to zero"),
    ("declined-exponent", Declined, "the exponent 4294967296 is too large"),
    ("declined-too-large", Declined, "the normal form is too large"),
    ("declined-too-long", Declined, "the sum over m is too long to be written out"),
    ("declined-no-sum", Declined, "the left side is not a sum"),
    ("declined-telescoping-empty", Declined, "the sum may be empty by more than one term"),
    ("declined-pole", Declined, "may vanish on the domain"),
    ("declined-wz-no-size", Declined, "the statement has no size"),
    ("declined-wz-end", Declined, "the sum ends at 2*n, not at the size plus an integer"),
    ("declined-wz-real", Declined, "the domain is not one of sizes alone"),
    ("declined-wz-value-zero", Declined, "the denominator 0 is zero"),
    ("declined-wz-first-size", Declined, "the first sum is too long, or one of sums"),
    ("declined-binomial-of-a-negative-number", Declined, "n may be less than 1 in a binomial"),
];

#[test]
fn certificates_that_prove_nothing() {
    for (name, expected, phrase) in REFUSED {
        let certified = read(&file("tests/corpus", name)).unwrap_or_else(|why| panic!("{name}: {why}"));
        match (check(&certified.statement, &certified.certificate), expected) {
            (Outcome::Rejected(why), Rejected) | (Outcome::Declined(why), Declined) => {
                assert!(why.contains(phrase), "{name}: {why}");
            }
            (other, _) => panic!("{name}: {other:?}"),
        }
    }
    let listed: BTreeSet<String> =
        TEXTS.iter().map(|t| t.0).chain(REFUSED.iter().map(|r| r.0)).map(str::to_owned).collect();
    assert_eq!(names("tests/corpus"), listed, "every file of the corpus is in a table");
}

/// Reasons that no text can give, because the statement or certificate has no text form.
#[test]
fn statements_without_a_text_form_that_are_refused() {
    let domain = Domain::sizes("M", 1).with_unit("t").with_ladder("o2");
    let top = || Linear::symbol("M");
    let ladder = Symbol::new("o2");
    let vectors = |lhs: Ket, rhs: Ket| Proposition::Vectors { lhs, rhs };
    let ket = |c: &str| Ket::series(0, top(), e(c), &[], (0, 0));
    let operators = |lhs: Operator| Proposition::Operators { lhs, rhs: Operator::zero(), ladder: ladder.clone() };
    let limit = |text: &str| Proposition::Limit {
        expression: e(text),
        symbol: Symbol::new("t"),
        at: rational(1, 1),
        value: e("1"),
    };
    let range = |low, high| Proposition::Enclosure {
        expression: e("exp(x)"),
        variables: vec![(Symbol::new("x"), rational(0, 1), rational(1, 1))],
        low: rational(low, 1),
        high: rational(high, 1),
    };
    let identity = || Certificate::Identity { lemmas: Vec::new() };
    let form = |text: &str| Certificate::RegularForm { form: e(text), lemmas: Vec::new() };
    let equation = |l: &str, r: &str| Proposition::Equation { lhs: e(l), rhs: e(r) };
    let up_to = |up_to| Certificate::Exhaustive { up_to };
    for (proposition, certificate, expected, phrase) in [
        (vectors(ket("t^(m)"), ket("t^(m+1)")), identity(), Rejected, "the coefficient of |m,m+0> does not vanish"),
        (
            vectors(ket("1"), ket("1").plus(Ket::series(0, top() + 1, e("0*m+1"), &[], (0, 0)))),
            identity(),
            Rejected,
            "|m,m+0>",
        ),
        (vectors(ket("1"), ket("x")), identity(), Declined, "the symbol x is not declared"),
        (vectors(ket("1/(M-2)"), ket("1/(M-2)")), identity(), Declined, "may vanish"),
        (operators(Operator::lowering(1)), identity(), Rejected, "the coefficients of O1 differ"),
        (operators(Operator::lowering(2)), up_to(3), Rejected, "the two sides differ at size 1"),
        (limit("t^2"), form("t"), Rejected, "the normal forms of t^(2) and t differ"),
        (limit("2*t"), form("2*t"), Rejected, "the normal forms of 2*1 and 1 differ"),
        (limit("1/(1-t)"), form("1/(1-t)"), Declined, "the denominator 1-t may vanish at the limit"),
        (limit("t^(M-2)"), form("t^(M-2)"), Declined, "a symbolic power in a regular form may be negative"),
        (range(0, 2), Certificate::Enclosure, Rejected, "the value is only known to lie in"),
        (range(1, 2), identity(), Declined, "does not apply to this kind of statement"),
        (range(1, 2), up_to(3), Declined, "only identities can be checked size by size"),
        (equation("M", "M+1"), up_to(3), Rejected, "the two sides differ at size 1"),
        (equation("1/(M-2)", "1/(M-2)"), up_to(3), Declined, "division by zero"),
        (equation("M", "M+0"), up_to(0), Declined, "no instance was checked"),
        (equation("M", "M+0"), Certificate::Enclosure, Declined, "does not apply"),
        (equation("M", "M+0"), form("M"), Declined, "does not apply"),
    ] {
        let statement = Statement { domain: domain.clone(), proposition };
        match (check(&statement, &certificate), expected) {
            (Outcome::Rejected(why), Rejected) | (Outcome::Declined(why), Declined) => {
                assert!(why.contains(phrase), "{why} instead of {phrase}");
            }
            (other, _) => panic!("{phrase}: {other:?}"),
        }
    }
}

// ---- committed certificates, changed in one place ----

/// Every way to change one place of an expression: numbers, exponents, bounds, arguments, signs, operations.
fn changes(e: &Expression) -> Vec<Expression> {
    use Expression as E;
    let step = |l: &Linear| [l.clone() + 1, l.clone() - 1];
    let mut found = match e {
        E::Number(q) => vec![E::Number(q.clone() + rational(1, 1)), E::Number(q.clone() - rational(1, 1))],
        E::Symbol(_) => vec![-e.clone(), e.clone() + 1],
        E::Add(a, b) => vec![(**a).clone() - (**b).clone()],
        E::Negate(a) => vec![(**a).clone()],
        E::Multiply(a, b) => vec![(**a).clone() + (**b).clone(), (**a).clone()],
        E::Divide(a, b) => vec![(**a).clone() * (**b).clone(), (**a).clone()],
        E::Power(a, k) => vec![(**a).clone().pow(k + 1), (**a).clone().pow(k - 1)],
        E::Exponential(a, l) => step(l).into_iter().map(|l| (**a).clone().to_the(l)).collect(),
        E::Binomial(n, k) => {
            let upper = step(n).into_iter().map(|n| E::Binomial(n, k.clone()));
            upper.chain(step(k).into_iter().map(|k| E::Binomial(n.clone(), k))).collect()
        }
        E::Sum(s) => {
            let from = step(&s.from).into_iter().map(|from| Series { from, ..(**s).clone() });
            let to = match &s.to {
                Upper::Finite(to) => step(to).into_iter().map(Upper::Finite).collect(),
                Upper::Infinite => vec![],
            };
            let to = to.into_iter().map(|to| Series { to, ..(**s).clone() });
            from.chain(to).map(|s| E::Sum(s.into())).collect()
        }
        _ => vec![],
    };
    for (place, part) in e.parts().into_iter().enumerate() {
        for changed in changes(part) {
            let mut at = 0;
            found.push(e.map_parts(&mut |old| {
                at += 1;
                if at == place + 1 { changed.clone() } else { old.clone() }
            }));
        }
    }
    found
}

/// The value of an expression at a point; infinite sums are cut, which shows only that two expressions differ.
fn value(e: &Expression, size: i64, index: i64) -> Option<Algebraic> {
    fn cut(e: &Expression) -> Expression {
        match e {
            Expression::Sum(s) if s.to == Upper::Infinite => {
                Expression::Sum(Series { to: Upper::Finite(60.into()), ..(**s).clone() }.into())
            }
            _ => e.map_parts(&mut cut),
        }
    }
    let domain = Domain::default().with_index("M", 0, None).with_index("n", 0, None).with_index("m", 0, None);
    let domain = domain.with_unit("t");
    let integers = [("M", size), ("n", size), ("m", index)].map(|(s, v)| (Symbol::new(s), v)).into();
    let sample = Sample { integers, reals: [(Symbol::new("t"), rational(1, 3))].into(), ..Sample::default() };
    evaluate(&cut(e), &sample.on(&domain)).ok()
}

/// Whether two expressions have the same values at small integers, where both have one.
fn same_values(a: &Expression, b: &Expression) -> bool {
    (3..7).all(|size| {
        (0..3).all(|m| match (value(a, size, m), value(b, size, m)) {
            (Some(x), Some(y)) => x == y,
            _ => true,
        })
    })
}

#[test]
fn a_committed_certificate_with_one_place_changed_is_refused() {
    for (name, text) in COMMITTED {
        let certified = read(text).unwrap();
        let Proposition::Equation { lhs, rhs } = &certified.statement.proposition else { panic!("{name}") };
        let with = |lhs: Expression, rhs: Expression, certificate: Certificate| Certified {
            statement: Statement::equation(certified.statement.domain.clone(), lhs, rhs),
            certificate,
        };
        // The normal forms of this one take a third of a second each.
        let every = if *name == "s36b" { 5 } else { 1 };
        let mut tried = 0;
        let mut refused = |c: Certified, what: String| {
            tried += 1;
            assert!(!accepted(&c), "{name}: {what} is accepted");
        };
        for changed in changes(lhs).into_iter().step_by(every).filter(|c| !same_values(c, lhs)) {
            let what = changed.to_string();
            refused(with(changed, rhs.clone(), certified.certificate.clone()), what);
        }
        for changed in changes(rhs).into_iter().step_by(every).filter(|c| !same_values(c, rhs)) {
            let what = changed.to_string();
            refused(with(lhs.clone(), changed, certified.certificate.clone()), what);
        }
        let (witness, wrap): (&Expression, fn(Expression) -> Certificate) = match &certified.certificate {
            Certificate::Telescoping { antidifference } => {
                (antidifference, |antidifference| Certificate::Telescoping { antidifference })
            }
            Certificate::WilfZeilberger { multiplier } => {
                (multiplier, |multiplier| Certificate::WilfZeilberger { multiplier })
            }
            other => panic!("{name}: {other:?}"),
        };
        // An antidifference plus a constant is another one.
        let constant = |c: &Expression| {
            let differences: Vec<_> = (0..3).map(|m| value(&(c.clone() - witness.clone()), 5, m)).collect();
            differences.windows(2).all(|w| w[0].is_none() || w[1].is_none() || w[0] == w[1])
        };
        for changed in changes(witness).into_iter().step_by(every).filter(|c| !same_values(c, witness) && !constant(c))
        {
            let what = changed.to_string();
            refused(with(lhs.clone(), rhs.clone(), wrap(changed)), what);
        }
        assert!(tried >= 10, "{name}: {tried} variants");
    }
}

#[test]
fn a_proof_is_one_of_the_statement_given() {
    for (name, text) in COMMITTED {
        let certified = read(text).unwrap();
        assert_eq!(lemma(name).unwrap().statement(), &certified.statement);
        assert_eq!(committed(name).unwrap().statement, certified.statement);
    }
    assert!(lemma("none").is_err() && committed("none").is_err());
    let statement = Statement::equation(Domain::sizes("M", 2).with_ladder("o2"), e("o2(M)+1"), e("1+o2(M)"));
    for way in [Certificate::Identity { lemmas: vec![] }, Certificate::Exhaustive { up_to: 3 }] {
        let Outcome::Accepted(proof) = check(&statement, &way) else { panic!("{way:?}") };
        assert_eq!(proof.statement(), &statement);
        assert_eq!(proof.up_to().is_some(), proof.grade() == Grade::Exhaustive);
    }
}

#[test]
fn committed_statements_say_what_the_claims_say() {
    for id in ["s36a", "s36b"] {
        let entry = ledger().into_iter().find(|entry| entry.id == id).unwrap();
        let part = (entry.state)(Limits { max_2s: 4 }).printed.parts.into_iter().next().unwrap();
        let Part::Exact(assertion) = part else { panic!("{id}") };
        let statement = assertion.statement;
        let committed = committed(id).unwrap().statement;
        assert_eq!(statement.domain, committed.domain, "{id}");
        let (Proposition::Equation { lhs, rhs }, Proposition::Equation { lhs: left, rhs: right }) =
            (&statement.proposition, &committed.proposition)
        else {
            panic!("{id}")
        };
        for n in committed.domain.size.as_ref().unwrap().least..=6 {
            let at = |e: &Expression| value(e, n, 0).unwrap();
            assert_eq!((at(lhs), at(rhs)), (at(left), at(right)), "{id} at {n}");
            assert_eq!(at(lhs), at(rhs), "{id} at {n}");
        }
    }
}
