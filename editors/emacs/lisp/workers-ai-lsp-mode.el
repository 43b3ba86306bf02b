;;; workers-ai-lsp-mode.el --- The server in lsp-mode, as an add-on  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; lsp-mode runs several servers in a buffer; ours is registered when lsp-mode is first started.

;;; Code:

(require 'workers-ai-connection)
(require 'workers-ai-notifications)
(require 'workers-ai-options)

(defvar lsp-progress-function)
(declare-function lsp-register-client "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")

(defvar workers-ai--lsp-registered nil "Whether `lsp-mode' knows our server.")

(defun workers-ai--lsp-handler (method)
  "Return a handler of `lsp-mode' for notifications of METHOD."
  (lambda (workspace params)
    (workers-ai--take (cons 'lsp-mode workspace) method params)
    (when (equal method "$/progress")
      (funcall lsp-progress-function workspace params))))

(defun workers-ai--lsp-handlers ()
  "Return the handlers of `lsp-mode' for our notifications, by method."
  (let ((handlers (make-hash-table :test #'equal)))
    (dolist (method '("$/workers-ai/answer" "$/workers-ai/edit" "$/progress") handlers)
      (puthash method (workers-ai--lsp-handler method) handlers))))

(defun workers-ai--lsp-register (&rest _)
  "Have `lsp-mode' run our server too.  Before `lsp'."
  (when (and workers-ai-lsp-mode (not workers-ai--lsp-registered) (require 'lsp-mode nil t))
    (setq workers-ai--lsp-registered t)
    (lsp-register-client
     (make-lsp-client
      :new-connection (lsp-stdio-connection (lambda () (list workers-ai-program)))
      :activation-fn (lambda (_file _mode) (derived-mode-p 'prog-mode))
      :add-on? t
      :server-id 'workers-ai
      :initialization-options #'workers-ai--initialization-options
      :notification-handlers (workers-ai--lsp-handlers)))))

(advice-add 'lsp :before #'workers-ai--lsp-register)

(defun workers-ai-lsp-mode-unload-function ()
  "Undo what loading this file did to `lsp-mode'."
  (advice-remove 'lsp #'workers-ai--lsp-register)
  nil)

(provide 'workers-ai-lsp-mode)
;;; workers-ai-lsp-mode.el ends here
