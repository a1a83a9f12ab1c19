import { render } from "preact";
import { App } from "./view/app";
import "./style/base.css";
import "./style/parts.css";

const place = document.getElementById("app");
if (place) render(<App />, place);
