// Additions to the terminal of textual-serve: font, keyboard focus, downloads, and the message when the app has ended.
"use strict";

(() => {
  // Keys pressed before the web socket is open are sent when it opens; the reason why it closed is shown.
  const OriginalWebSocket = window.WebSocket;
  window.WebSocket = class extends OriginalWebSocket {
    constructor(...where) {
      super(...where);
      this.addEventListener("close", (event) => {
        document.getElementById("reason").textContent = event.reason || "The app has ended.";
        requestAnimationFrame(() => document.querySelector("#ended a").focus());
      });
    }

    send(data) {
      if (this.readyState === OriginalWebSocket.CONNECTING) {
        this.addEventListener("open", () => super.send(data), { once: true });
      } else if (this.readyState === OriginalWebSocket.OPEN) {
        super.send(data);
      }
    }
  };

  // Download a file from this page, since a new window may be blocked; open links to web pages only.
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

  // The terminal measures its cells once, so load the font before it starts.
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
