;;; workers-ai-proposals.el --- Edits to look at first, in Ediff  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; `$/workers-ai/edit' is a file as an edit would make it, which is compared with the file as it is.
;; One edit at a time is looked at; the next one takes its place.

;;; Code:

(require 'cl-lib)
(require 'subr-x)
(require 'url-util)
(require 'workers-ai-connection)

(defvar ediff-mode-map)
(declare-function ediff-buffers "ediff")
(declare-function ediff-really-quit "ediff-util")

(cl-defstruct (workers-ai--proposal (:constructor workers-ai--proposal-new)
                                    (:copier nil))
  "An edit that waits, and where it is shown."
  connection job text buffer shown control windows)

(defvar workers-ai--proposal nil "The edit that is being looked at, or nil.")

(defun workers-ai--path (uri)
  "The name of the file that URI means."
  (let* ((path (replace-regexp-in-string "\\`file://[^/]*" "" uri))
         (name (decode-coding-string (url-unhex-string path) 'utf-8)))
    ;; /c:/x on Windows
    (if (string-match-p "\\`/[A-Za-z]:" name) (substring name 1) name)))

(defun workers-ai--take-edit (connection params)
  "Have the edit in PARAMS, from CONNECTION, looked at."
  (let ((job (workers-ai--get params "job"))
        (uri (workers-ai--get params "uri"))
        (text (workers-ai--get params "text")))
    ;; Not within the process filter, in which nothing can be asked.
    (run-with-timer 0 nil #'workers-ai--look connection job (workers-ai--path uri)
                    (string-replace "\r\n" "\n" text))))

(defun workers-ai--look (connection job path text)
  "Compare the file at PATH with TEXT, the edit of JOB at CONNECTION."
  (if (active-minibuffer-window)
      (run-with-timer 0.5 nil #'workers-ai--look connection job path text)
    (workers-ai--close-proposal)
    (let* ((buffer (find-file-noselect path))
           (shown (generate-new-buffer
                   (format "*workers-ai: proposal for %s*" (file-name-nondirectory path))))
           (windows (current-window-configuration))
           (mode (buffer-local-value 'major-mode buffer)))
      (with-current-buffer shown
        (insert text)
        (delay-mode-hooks (funcall mode))
        (setq buffer-read-only t
              header-line-format "proposed by the model   C-c C-c: take all   b: take this \
change   C-c C-k: none   q: quit"))
      (setq workers-ai--proposal
            (workers-ai--proposal-new :connection connection :job job :text text :buffer buffer
                                      :shown shown :windows windows))
      (ediff-buffers buffer shown (list #'workers-ai--ediff-begun) 'workers-ai-proposal))))

(defun workers-ai--ediff-begun ()
  "Set up the control buffer of an Ediff session of ours."
  (setf (workers-ai--proposal-control workers-ai--proposal) (current-buffer))
  (define-key ediff-mode-map (kbd "C-c C-c") #'workers-ai-apply)
  (define-key ediff-mode-map (kbd "C-c C-k") #'workers-ai-discard)
  (define-key ediff-mode-map (kbd "q") #'workers-ai-quit-proposal)
  (let ((proposal workers-ai--proposal))
    (add-hook 'ediff-quit-hook
              (lambda () (run-with-timer 0 nil #'workers-ai--tidy proposal)) nil t)))

(defun workers-ai--tidy (proposal)
  "Take away what PROPOSAL needed, and show the windows that there were before."
  (when (eq workers-ai--proposal proposal)
    (setq workers-ai--proposal nil))
  (when (buffer-live-p (workers-ai--proposal-shown proposal))
    (kill-buffer (workers-ai--proposal-shown proposal))
    (set-window-configuration (workers-ai--proposal-windows proposal))))

(defun workers-ai--close-proposal ()
  "End the Ediff session of ours, if there is one."
  (when-let ((proposal workers-ai--proposal))
    (let ((control (workers-ai--proposal-control proposal)))
      (when (buffer-live-p control)
        (with-current-buffer control
          (ediff-really-quit nil))))
    (workers-ai--tidy proposal)))

(defun workers-ai--taken-p (proposal)
  "Whether the buffer is as PROPOSAL would make it."
  (let ((buffer (workers-ai--proposal-buffer proposal)))
    (and (buffer-live-p buffer)
         (with-current-buffer buffer
           (save-restriction
             (widen)
             (equal (buffer-substring-no-properties (point-min) (point-max))
                    (workers-ai--proposal-text proposal)))))))

(defun workers-ai--settle (command)
  "Run COMMAND, \"applyAnyway\" or \"discard\", for the edit that waits."
  (if-let ((proposal workers-ai--proposal))
      (let ((done (workers-ai--taken-p proposal)))
        (workers-ai--close-proposal)
        (workers-ai--execute (workers-ai--proposal-connection proposal)
                             ;; All of it was taken over by hand.
                             (if done "discard" command)
                             (list :job (workers-ai--proposal-job proposal))))
    (workers-ai--execute (workers-ai--any-connection) command)))

(defun workers-ai-apply ()
  "Make the whole edit that waits."
  (interactive)
  (workers-ai--settle "applyAnyway"))

(defun workers-ai-discard ()
  "Forget the edit that waits.  Its answer stays in the journal."
  (interactive)
  (workers-ai--settle "discard"))

(defun workers-ai-quit-proposal ()
  "Stop looking at an edit, after a question about it."
  (interactive)
  (cond ((null workers-ai--proposal) (user-error "No edit is being looked at"))
        ((workers-ai--taken-p workers-ai--proposal) (workers-ai-discard))
        (t (pcase (read-char-choice "The edit: (a)pply all, (k)eep for later, (d)iscard? "
                                    '(?a ?k ?d))
             (?a (workers-ai-apply))
             (?d (workers-ai-discard))
             (?k (workers-ai--close-proposal))))))

(provide 'workers-ai-proposals)
;;; workers-ai-proposals.el ends here
