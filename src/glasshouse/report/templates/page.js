(() => {
  const options = {renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: {disableDefaultStyle: true}};
  const whenDrawn = Object.entries(CHARTS).map(([id, spec]) => {
    const host = document.getElementById("chart-" + id);
    return vegaEmbed(host, spec, options).then(result => {
      const svg = host.querySelector("svg");
      if (svg) { svg.setAttribute("aria-hidden", "true"); svg.setAttribute("focusable", "false"); }
      host.dataset.drawn = "yes";
      return result;
    }).catch(error => {
      host.textContent = "This chart could not be drawn; its table holds the same figures.";
      console.error(id, String(error));
    });
  });
  Promise.all(whenDrawn).then(() => { document.documentElement.dataset.drawn = "all"; });

  const contents = document.querySelector("nav details");
  if (contents && matchMedia("(min-width: 64rem)").matches) contents.open = true;

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach(d => { d.open = true; });
  });
  window.addEventListener("afterprint", () => { opened.forEach(d => { d.open = false; }); opened = []; });
})();
