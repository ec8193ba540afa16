package com.netflix;

/** Stands in for a class that services must not use, to test the rule. */
public class Balancer {}
