package org.wsk4j.nmr;

/** The two kinds of modules. */
enum Side {
  CLIENT,
  PROVIDER;

  Side other() {
    return this == CLIENT ? PROVIDER : CLIENT;
  }

  @Override
  public String toString() {
    return this == CLIENT ? "client" : "provider";
  }
}
