/**
 * The keyboard of a combobox whose list is chosen from by hand, as the ARIA Authoring Practices describe it: focus
 * stays in the input, `aria-activedescendant` names the option that the arrows have reached, Enter takes it.
 */

export class Combobox {
  #input;
  #list;
  #options = [];
  #active = -1;

  /** Joins an input and a listbox of the same tree; the list gets its options by `offer`. */
  constructor(input, list) {
    this.#input = input;
    this.#list = list;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    })) {
      input.setAttribute(name, value);
    }
    input.addEventListener("keydown", (event) => this.#press(event));
    // What is chosen was an answer to what isn't in the input any more.
    input.addEventListener("input", () => this.#activate(-1));
    // A press on an option must not take the focus out of the input before the click arrives.
    list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get expanded() {
    return !this.#list.hidden;
  }

  /** Replace what the list holds, and open it; without options it closes. */
  offer(content) {
    this.#list.replaceChildren(...content);
    this.#options = [...this.#list.querySelectorAll("[role=option]")];
    this.#options.forEach((option, index) => (option.id = `option-${index}`));
    this.#activate(-1);
    this.#toggle(this.#options.length > 0);
  }

  close() {
    this.#activate(-1);
    this.#toggle(false);
  }

  #toggle(open) {
    this.#list.hidden = !open;
    this.#input.setAttribute("aria-expanded", String(open));
  }

  #activate(index) {
    this.#active = index;
    this.#options.forEach((option, each) => option.setAttribute("aria-selected", String(each === index)));
    const option = this.#options[index];
    if (option) {
      this.#input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  #press(event) {
    // 229: Safari ends a composition before it tells of the key that ended it.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    if (this.#answers(event)) event.preventDefault();
  }

  /** Do what a key asks for; whether that was all it was for. */
  #answers({ key, altKey, shiftKey }) {
    const count = this.#options.length;
    switch (key) {
      case "ArrowDown":
      case "ArrowUp": {
        if (!count) return false;
        if (altKey) {
          if (key === "ArrowDown") this.#toggle(true);
          else this.close();
          return true;
        }
        this.#toggle(true);
        const last = this.#active < 0 && key === "ArrowUp";
        this.#activate(last ? count - 1 : (this.#active + (key === "ArrowDown" ? 1 : -1) + count) % count);
        return true;
      }
      case "Enter":
        if (this.#active < 0 || shiftKey) return false;
        this.#options[this.#active].click();
        return true;
      case "Escape":
        if (this.expanded) this.close();
        else if (this.#input.value) {
          this.#input.value = "";
          this.#input.dispatchEvent(new Event("input", { bubbles: true }));
        } else return false;
        return true;
      case "Tab":
        this.close();
        return false;
      case "Home":
      case "End":
      case "ArrowLeft":
      case "ArrowRight":
        this.#activate(-1); // back to the text, where the key does what it always does
        return false;
      default:
        return false;
    }
  }
}
