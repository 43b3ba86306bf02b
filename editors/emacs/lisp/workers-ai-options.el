;;; workers-ai-options.el --- What can be set in workers-ai  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; The options, and the settings of the server that go to it.

;;; Code:

(defgroup workers-ai nil
  "Explain, refactor, edit and test code by a model."
  :group 'tools
  :prefix "workers-ai-"
  :link '(emacs-commentary-link "workers-ai"))

(defcustom workers-ai-program "workers-ai-ls"
  "The program that is the language server."
  :type 'string)

(defcustom workers-ai-rass-program "rass"
  "The program that lets Eglot run two servers in a buffer."
  :type 'string)

(defcustom workers-ai-eglot t
  "Whether Eglot runs this server too, beside the one that it would run without."
  :type 'boolean)

(defcustom workers-ai-lsp-mode t
  "Whether `lsp-mode' runs this server too, as an add-on."
  :type 'boolean)

(defcustom workers-ai-client nil
  "Which client a command starts in a buffer that has none.
If nil, it is `lsp-mode' when that is loaded, and else Eglot."
  :type '(choice (const :tag "The one in use" nil) (const eglot) (const lsp-mode)))

(defcustom workers-ai-settings nil
  "Settings of the server, a plist such as (:apply \"preview\").
The server's README lists them; those of a group are written with a
dot, as :actions.tests.  False is :json-false."
  :type '(plist :key-type symbol :value-type sexp)
  :set (lambda (symbol value)
         (set-default symbol value)
         (when (fboundp 'workers-ai-send-settings)
           (workers-ai-send-settings))))

(defcustom workers-ai-mode-line t
  "Whether the mode line shows what the model is doing.
Consulted when this package is loaded; see also `workers-ai-status'."
  :type 'boolean)

(defcustom workers-ai-display-action
  '((display-buffer-reuse-window display-buffer-pop-up-window display-buffer-use-some-window)
    (inhibit-same-window . t))
  "Where explanations are shown, as for `display-buffer'."
  :type 'sexp)

(provide 'workers-ai-options)
;;; workers-ai-options.el ends here
