package trellis.local.config;

/** A value, and what it was set by: a part of the files of values such as {@code global.settings}, or a Kubernetes object. */
record Setting(String value, String origin) {}
