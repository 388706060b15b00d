/**
 * The looks of the elements. A constructed stylesheet needs no `style-src` in a page's Content-Security-Policy.
 *
 * Colours come from the page: text is the page's own, surfaces are system colours, which follow `color-scheme` and the
 * visitor's high-contrast theme. Directions are logical, so that all of it turns round from right to left.
 */

const css = `
:host {
  --_accent: var(--postseek-accent, #0b6b63);
  --_accent-text: var(--postseek-accent-text, #fff);
  --_mark: var(--postseek-mark, #ffe9a8);
  --_mark-text: var(--postseek-mark-text, #3a2b00);
  --_text: var(--postseek-text, CanvasText);
  --_muted: var(--postseek-muted, color-mix(in srgb, currentcolor 72%, transparent));
  --_background: var(--postseek-background, Canvas);
  --_border: var(--postseek-border, color-mix(in srgb, currentcolor 22%, transparent));
  --_tint: var(--postseek-tint, color-mix(in srgb, var(--_accent) 11%, transparent));
  --_radius: var(--postseek-radius, .6rem);
  --_space: var(--postseek-space, 1rem);
  display: block;
  font-family: var(--postseek-font, inherit);
  font-size: var(--postseek-font-size, inherit);
  line-height: 1.5;
}
@supports (color: light-dark(#000, #fff)) {
  :host {
    --_accent: var(--postseek-accent, light-dark(#0b6b63, #6fd0c4));
    --_accent-text: var(--postseek-accent-text, light-dark(#fff, #06231f));
    --_mark: var(--postseek-mark, light-dark(#ffe9a8, #5c4a10));
    --_mark-text: var(--postseek-mark-text, light-dark(#3a2b00, #ffefbf));
  }
}
:host([hidden]), [hidden] { display: none !important; }
:host([scheme=light]) { color-scheme: light; }
:host([scheme=dark]) { color-scheme: dark; }

*, ::before, ::after { box-sizing: border-box; }
ul, ol { list-style: none; margin: 0; padding: 0; }
a { color: var(--_accent); text-underline-offset: .15em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .12em; }
bdi, a, p, h2, h3 { overflow-wrap: anywhere; }
:focus-visible { outline: .18rem solid var(--_accent); outline-offset: .12rem; border-radius: .25rem; }
mark { background: var(--_mark); color: var(--_mark-text); border-radius: .2rem; font-weight: 600; }

/* Heard, not seen. */
[part=status], [part=label] {
  position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}

/* The box */
/* A box in a menu has the menu's type, but text that runs on or starts further in is of no use here. */
[part=root] { position: relative; white-space: normal; text-indent: 0; }
[part=box] { position: relative; display: flex; flex-wrap: wrap; gap: .5rem; }
/* Too narrow for both, in a side panel or in large type, the button stands below. */
[part=field] { position: relative; flex: 1 1 9em; min-inline-size: 0; color: var(--_text); }
[part=field]::before, [part=field]::after {
  content: ""; position: absolute; pointer-events: none; color: var(--_muted); inset-block-start: 50%;
}
[part=field]::before {
  inset-inline-start: .95em; inline-size: .8em; block-size: .8em; margin-block-start: -.5em;
  border: .14em solid; border-radius: 50%;
}
[part=field]::after {
  inset-inline-start: 1.6em; inline-size: .45em; border-block-start: .16em solid; margin-block-start: .25em;
  transform: rotate(45deg);
}
[part=field]:dir(rtl)::after { transform: rotate(-45deg); }
[part~=input] {
  inline-size: 100%; font: inherit; color: var(--_text); background: var(--_background);
  border: 1px solid var(--postseek-border, color-mix(in srgb, currentcolor 50%, transparent));
  border-radius: var(--_radius); padding: .6em .9em;
}
[part=field] [part~=input] { padding-inline-start: 2.6em; appearance: none; }
[part~=input]::placeholder { color: inherit; opacity: .72; }
[part~=button] {
  font: inherit; font-weight: 600; color: var(--_accent-text); background: var(--_accent);
  border: 1px solid transparent; border-radius: var(--_radius); padding: .6em 1.15em; cursor: pointer;
}
[part~=button]:hover { filter: brightness(1.1); }
[part=popup] {
  position: absolute; z-index: 20; inset-inline: 0; inset-block-start: calc(100% + .4rem);
  max-block-size: min(26rem, 70vh); overflow-y: auto; overscroll-behavior: contain; padding: .4rem;
  color: var(--_text); background: var(--_background); border: 1px solid var(--_border); border-radius: var(--_radius);
  box-shadow: 0 .6rem 1.8rem rgb(0 0 0 / .16);
}
[part=group] { padding: .45rem .6rem .2rem; font-size: .8em; font-weight: 600; color: var(--_muted); }
[part=option] {
  display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; padding: .45rem .6rem; border-radius: .4rem;
  color: inherit; text-decoration: none;
}
[part=option]:hover { background: var(--_tint); }
[part=option][aria-selected=true] { background: var(--_accent); color: var(--_accent-text); }
[part=option][aria-selected=true] * { color: inherit; background: none; }
[part=option][aria-selected=true] mark { text-decoration: underline; }
[part=option-tags] { font-size: .85em; color: var(--_muted); }
[part=notice], [part=note] { margin: .6rem 0 0; color: var(--_muted); }

/* The results */
[part=results] { container-type: inline-size; margin-block-start: calc(1.5 * var(--_space)); }
[part=results][aria-busy=true] { opacity: .6; }
[part=summary] { font-size: 1.3em; line-height: 1.3; margin: 0; }
[part=summary]:focus { outline: none; }
[part=summary]:focus-visible { outline: .18rem solid var(--_accent); }
[part=filters], [part=tags], [part=facet], [part=cloud], [part=orders] {
  display: flex; flex-wrap: wrap; gap: .4rem;
}
[part=filters] { margin-block-start: .6rem; }
[part=chip], [part=tag] {
  display: inline-block; max-inline-size: 20rem; padding: .12em .75em;
  border: 1px solid transparent; border-radius: 1em;
  font-size: .88em; text-decoration: none; background: var(--_tint);
}
[part=chip] { color: var(--_accent-text); background: var(--_accent); }
[part=chip]:hover, [part=tag]:hover { border-color: currentcolor; }
[part=cross] { margin-inline-start: .45em; }
[part=count] { font-size: .85em; font-variant-numeric: tabular-nums; }
[part=note] b { color: var(--_text); }
[part=facets] { margin-block: var(--_space); }
[part=narrow] { cursor: pointer; font-weight: 600; }
[part=facet-name] { margin: .9rem 0 .4rem; font-size: .88em; color: var(--_muted); }
[part=dates] { display: flex; flex-wrap: wrap; align-items: end; gap: .5rem; }
[part=day] { flex: 1 1 8.5rem; font-size: .85em; color: var(--_muted); }
[part=day] [part~=input] { padding: .35em .5em; }
[part~=apply] { padding: .35em .8em; font-size: .88em; }
[part=list] { margin-block-start: var(--_space); min-inline-size: 0; }
[part=orders] { gap: .25rem 1.1rem; padding-block-end: .8rem; font-size: .9em; }
[part~=order] { color: var(--_muted); text-decoration: none; }
[part~=order]:hover { text-decoration: underline; }
[part~=current] { color: inherit; font-weight: 600; border-block-end: .14rem solid var(--_accent); }
[part=hit] { display: flow-root; padding-block: var(--_space); border-block-start: 1px solid var(--_border); }
[part=hit-title] { margin: 0; font-size: 1.1em; line-height: 1.35; }
[part=hit-title] a { display: block; text-decoration: none; }
[part=hit-title] a:hover { text-decoration: underline; }
[part=about], [part=date] { margin: .15rem 0 0; font-size: .88em; color: var(--_muted); }
[part=about] [part=date] { margin: 0; font-size: inherit; color: inherit; }
/* A title in another script than the page's keeps its direction, but stands where the others do. */
[part=hit-title] a, [part=section-title], [part=snippet] { text-align: match-parent; }
[part=section] { margin: .35rem 0 -.3rem; max-inline-size: 44rem; font-size: .94em; font-weight: 600; }
[part=section-title] { display: block; color: inherit; text-decoration-color: var(--_muted); }
[part=section-title]:hover { text-decoration-color: currentcolor; }
[part=snippet] { margin: .35rem 0 0; max-inline-size: 44rem; }
[part=tags] { margin-block-start: .55rem; }
[part=image] {
  /* Limits, not sizes: a picture that can't be loaded takes no room. */
  float: inline-end; max-inline-size: 7.5rem; max-block-size: 6rem; margin-inline-start: 1.25rem;
  border-radius: calc(.7 * var(--_radius));
}
[part=more] { margin: 0; }
[part=more]:has(*) { padding-block: var(--_space); border-block-start: 1px solid var(--_border); }
@container (min-width: 40rem) {
  [part~=narrowable] { display: grid; grid-template-columns: minmax(0, 1fr) 14rem; gap: 0 2.5rem; }
  [part=facets] { grid-column: 2; grid-row: 1; margin-block-end: 0; }
  [part=list] { grid-column: 1; grid-row: 1; }
}
@container (max-width: 26rem) {
  [part=hit] [part=image] { display: none; }
}

/* Lists beside a post */
[part~=posts] > *, [part=tag-list] > * { padding-block: .35rem; }
[part~=posts] [part=title] { text-decoration: none; }
[part~=posts] [part=title]:hover { text-decoration: underline; }
[part~=posts] [part=date] { display: block; margin: 0; }
[part~=cards] { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 100%), 1fr)); gap: var(--_space); }
[part~=cards] [part=image] {
  float: none; display: block; margin: 0 0 .4rem; max-inline-size: 100%; max-block-size: 9rem;
}
[part=cloud] { align-items: baseline; gap: .1rem .7rem; }
[part=cloud] [part=tag] { padding: 0; border: 0; border-radius: 0; background: none; font-size: inherit; }
[part=cloud] [part=tag]:hover { text-decoration: underline; }
[part~=size-1] { font-size: .85em; }
[part~=size-2] { font-size: .95em; }
[part~=size-3] { font-size: 1.1em; }
[part~=size-4] { font-size: 1.25em; }
[part~=size-5] { font-size: 1.45em; }
[part=tag-list] [part=tag] { background: none; padding: 0; font-size: inherit; }

@media (prefers-reduced-motion: no-preference) {
  [part=popup] { animation: appear .12s ease-out; }
  [part=results] { transition: opacity .15s; }
}
@keyframes appear { from { opacity: 0; transform: translateY(-.25rem); } }

@media (forced-colors: active) {
  [part~=button], [part=chip], [part=tag] { border-color: ButtonBorder; }
  [part=option][aria-selected=true] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  mark { background: Mark; color: MarkText; }
}
`;

export const style = new CSSStyleSheet();
style.replaceSync(css);
