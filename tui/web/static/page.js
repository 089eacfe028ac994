// Around textual-serve's terminal: its font, the keyboard, downloads, and what to say when a visit ends.
"use strict";

(() => {
  // Keys that are pressed before the line is open wait for it; the server's last words are shown.
  const Line = window.WebSocket;
  window.WebSocket = class extends Line {
    constructor(...where) {
      super(...where);
      this.addEventListener("close", (event) => {
        document.getElementById("reason").textContent = event.reason || "The visit has ended.";
        requestAnimationFrame(() => document.querySelector("#ended a").focus());
      });
    }

    send(words) {
      if (this.readyState === Line.CONNECTING) {
        this.addEventListener("open", () => super.send(words), { once: true });
      } else if (this.readyState === Line.OPEN) {
        super.send(words);
      }
    }
  };

  // A file is downloaded where the page is, not in a window that may be blocked; links open nothing but the web.
  const open = window.open.bind(window);
  window.open = (address, target) => {
    const url = new URL(address, window.location.href);
    if (url.origin === window.location.origin && url.pathname.startsWith("/download/")) {
      const link = document.createElement("a");
      link.href = url.href;
      link.download = "";
      link.click();
    } else if (url.protocol === "https:" || url.protocol === "http:") {
      open(url.href, target, "noopener,noreferrer");
    }
    return null;
  };

  const keyboard = () => document.querySelector("body:not(.-closed) .xterm-helper-textarea");

  // The terminal measures its cells once, so the font must be there before it starts.
  const start = window.onload;
  window.onload = async (event) => {
    const faces = ["400", "700", "italic 400"].map((face) => document.fonts.load(`${face} 16px "Roboto Mono"`));
    await Promise.allSettled(faces);
    start(event);
    keyboard()?.focus();
  };
  window.addEventListener("focus", () => keyboard()?.focus());
  document.addEventListener("click", () => keyboard()?.focus());
})();
