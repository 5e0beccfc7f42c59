//! twomode
