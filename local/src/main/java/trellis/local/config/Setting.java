package trellis.local.config;

/** @param origin what sets the value: a part of the values such as {@code global.settings}, or a Kubernetes object */
record Setting(String value, String origin) {}
