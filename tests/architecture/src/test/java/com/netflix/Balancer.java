package com.netflix;

/** Stands in for what no service may use, to see that the rule finds it. */
public class Balancer {}
