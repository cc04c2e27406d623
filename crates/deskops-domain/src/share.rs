//! Dividing a weight by shares without losing or making a kilogram.

/// Parts of `total` in proportion to `weights`, largest remainder first: they add up to `total`
/// exactly. All of it is nothing where the weights are.
///
/// ```
/// # use deskops_domain::share::divide;
/// assert_eq!(divide(100, &[1, 1, 1]), [34, 33, 33]);
/// assert_eq!(divide(-10, &[3, 1]), [-8, -2]);
/// ```
#[must_use]
pub fn divide(total: i64, weights: &[i64]) -> Vec<i64> {
    let whole: i128 = weights.iter().map(|weight| i128::from((*weight).max(0))).sum();
    if whole == 0 {
        return vec![0; weights.len()];
    }
    let size = i128::from(total.unsigned_abs());
    let exact = |weight: i64| size * i128::from(weight.max(0));
    let mut parts: Vec<i128> = weights.iter().map(|weight| exact(*weight) / whole).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(exact(weights[*at]) % whole), *at));
    let left = usize::try_from(size - parts.iter().sum::<i128>()).unwrap_or(0);
    for at in order.into_iter().take(left) {
        parts[at] += 1;
    }
    let sign = if total < 0 { -1 } else { 1 };
    parts.into_iter().map(|part| i64::try_from(part).unwrap_or(i64::MAX) * sign).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn parts_add_up_and_are_within_a_kilogram_of_their_share(
            total in -999_999_999_i64..=999_999_999,
            weights in proptest::collection::vec(0_i64..=10_000, 1..8),
        ) {
            prop_assume!(weights.iter().sum::<i64>() > 0);
            let parts = divide(total, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            let whole = i128::from(weights.iter().sum::<i64>());
            for (part, weight) in parts.iter().zip(&weights) {
                let off = i128::from(*part) * whole - i128::from(total) * i128::from(*weight);
                prop_assert!(off.abs() < whole);
            }
        }
    }
}
