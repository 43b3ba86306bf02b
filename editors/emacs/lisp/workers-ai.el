;;; workers-ai.el --- Explain, refactor, edit and test code by a model  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors

;; Author: The workers-ai-language-server authors
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (transient "0.3.7"))
;; Keywords: tools, languages, convenience
;; URL: https://developers.cloudflare.com/workers-ai/
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; The language server `workers-ai-ls' explains, refactors, edits and tests the code of any
;; language, answered by Cloudflare Workers AI or by any endpoint that speaks OpenAI's protocol.
;; This package makes it at home in Emacs.  (require 'workers-ai) is all that there is to set up:
;; no keys are taken, and M-x workers-ai shows a menu of what can be done here.
;;
;; This file is the menu; each of the others is one part, and says at its top how that works:
;;
;; - workers-ai-options: what can be set.
;; - workers-ai-connection: the server, as either LSP client of Emacs knows it.
;; - workers-ai-eglot, workers-ai-lsp-mode: how each client comes to run it.
;; - workers-ai-notifications: what it says; -answers and -proposals show that.
;; - workers-ai-commands, workers-ai-choosing: what the menu does; -diagnostics go along.

;;; Code:

(require 'transient)
(require 'workers-ai-choosing)
(require 'workers-ai-commands)
(require 'workers-ai-eglot)
(require 'workers-ai-lsp-mode)
(require 'workers-ai-proposals)

;;;###autoload (autoload 'workers-ai "workers-ai" nil t)
(transient-define-prefix workers-ai ()
  "Explain, refactor, edit and test code by a model."
  [["The region, or the function at point"
    ("e" "Explain" workers-ai-explain)
    ("r" "Refactor" workers-ai-refactor)
    ("t" "Write tests" workers-ai-tests)
    ("i" "Edit by an instruction…" workers-ai-edit)
    ("p" "Show the prompt" workers-ai-prompt)]
   ["What runs or waits"
    ("c" "Cancel" workers-ai-cancel)
    ("a" "Apply" workers-ai-apply)
    ("d" "Discard" workers-ai-discard)]
   ["More"
    ("m" "Choose the model…" workers-ai-model)
    ("h" "Answers so far…" workers-ai-history)]])

(defun workers-ai-unload-function ()
  "Unload the other files of this package too, which undo what they did to others."
  (dolist (part '(workers-ai-choosing workers-ai-commands workers-ai-diagnostics
                  workers-ai-lsp-mode workers-ai-eglot workers-ai-notifications
                  workers-ai-answers workers-ai-proposals workers-ai-connection
                  workers-ai-options))
    (unload-feature part t))
  nil)

(provide 'workers-ai)
;;; workers-ai.el ends here
