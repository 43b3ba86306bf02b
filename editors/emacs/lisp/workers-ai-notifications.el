;;; workers-ai-notifications.el --- What the server tells  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Notifications come of three kinds.  `$/workers-ai/answer' and `$/workers-ai/edit' are sent because
;; our initialization options ask for them; `$/progress' is LSP's, and is shown in the mode line.

;;; Code:

(require 'subr-x)
(require 'workers-ai-answers)
(require 'workers-ai-connection)
(require 'workers-ai-options)
(require 'workers-ai-proposals)

(defun workers-ai--take (connection method params)
  "Take a notification of METHOD with PARAMS from CONNECTION."
  (pcase method
    ("$/workers-ai/answer" (workers-ai--take-answer params))
    ("$/workers-ai/edit" (workers-ai--take-edit connection params))
    ("$/progress" (workers-ai--take-progress params))))

(defvar workers-ai--running nil
  "What runs, as an alist from tokens to (TITLE . MESSAGE).")

(defun workers-ai--take-progress (params)
  "Remember how a job stands, of which PARAMS tell."
  (let* ((token (workers-ai--get params "token"))
         (value (workers-ai--get params "value"))
         (known (assoc token workers-ai--running))
         (title (or (workers-ai--get value "title") (cadr known))))
    ;; Behind a multiplexer other servers tell of their progress, too.
    (when (and title (string-prefix-p "AI: " title))
      (setq workers-ai--running (delq known workers-ai--running))
      (if (equal (workers-ai--get value "kind") "end")
          (workers-ai--end-answer token)
        (push (cons token (cons title (or (workers-ai--get value "message") (cddr known) "")))
              workers-ai--running))
      (force-mode-line-update t))))

(defun workers-ai-status ()
  "What the model is doing, in words; empty while it does nothing."
  (mapconcat (pcase-lambda (`(,_token ,title . ,message))
               (if (string-empty-p message) title (concat title ": " message)))
             (reverse workers-ai--running) " · "))

(defun workers-ai--mode-line ()
  "The status with space around it, as a part of the mode line."
  (let ((status (workers-ai-status)))
    (if (string-empty-p status)
        ""
      (concat " " (string-replace "%" "%%" status) " "))))

(defconst workers-ai--mode-line-part '(:eval (workers-ai--mode-line)))

(when workers-ai-mode-line
  (add-to-list 'mode-line-misc-info workers-ai--mode-line-part t))

(defun workers-ai-notifications-unload-function ()
  "Take the status from the mode line."
  (setq-default mode-line-misc-info
                (delete workers-ai--mode-line-part (default-value 'mode-line-misc-info)))
  nil)

(provide 'workers-ai-notifications)
;;; workers-ai-notifications.el ends here
