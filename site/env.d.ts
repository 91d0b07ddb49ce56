/// <reference types="astro/client" />
/// <reference types="@astrojs/starlight/locals" />

declare namespace App {
  interface Locals {
    /** Set by `Shell.astro`, read by the overrides of Starlight's components. */
    rolebook?: import('./lib/page.ts').PageContext
  }
}
